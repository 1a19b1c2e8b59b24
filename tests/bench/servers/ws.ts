import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/** Plain `ws`: what one client says is sent to all. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false }, () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port}\n`)
})
server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    for (const client of server.clients) client.send(text)
  })
})
