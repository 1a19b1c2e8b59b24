import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

/** Bare Socket.IO as it comes: what one client says is emitted to all. */
const http = createServer()
const io = new Server<{ say: (text: string) => void }, { said: (text: string) => void }>(http)
io.on('connection', (socket) => {
  socket.on('say', (text) => void io.emit('said', text))
})
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${(http.address() as AddressInfo).port}\n`)
})
