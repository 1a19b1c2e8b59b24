import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** Where a STUN or TURN server is reached. */
export type TurnAddress = { host: string; port: number; transport: 'udp' | 'tcp' | 'tls' }

const COOKIE = 0x2112a442
const BINDING_REQUEST = 0x0001
/** Success and error alike: either says that somebody is there who speaks STUN. */
const ANSWERS: readonly number[] = [0x0101, 0x0111]
const HEADER_BYTES = 20
/** A datagram may be lost: asked again after so many milliseconds. */
const AGAIN = 500

/** As RFC 7064 and 7065 write it: `turn:host:port?transport=udp`. null: not written so. */
export function turnAddress(url: string): TurnAddress | null {
  const match = /^(stun|turn)(s?):(\[[^\]]+\]|[^:?]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/.exec(url)
  if (!match) return null
  const [, , secure, bracketed = '', written, transport] = match
  const host = bracketed.replace(/[[\]]/g, '')
  const port = Number(written ?? (secure ? 5349 : 3478))
  // Asked for one that cannot be, the system throws at once.
  if (port < 1 || port > 65_535) return null
  if (secure) return { host, port, transport: 'tls' }
  return { host, port, transport: transport === 'tcp' ? 'tcp' : 'udp' }
}

function bindingRequest(id: Buffer): Buffer {
  const message = Buffer.alloc(HEADER_BYTES)
  message.writeUInt16BE(BINDING_REQUEST, 0)
  message.writeUInt32BE(COOKIE, 4)
  id.copy(message, 8)
  return message
}

const answers = (message: Buffer, id: Buffer): boolean =>
  message.length >= HEADER_BYTES && ANSWERS.includes(message.readUInt16BE(0)) && message.readUInt32BE(4) === COOKIE && message.subarray(8, HEADER_BYTES).equals(id)

function overUdp({ host, port }: TurnAddress, id: Buffer, ended: (answered: boolean) => void): () => void {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' })
  const send = () => socket.send(bindingRequest(id), port, host, (error) => error && ended(false))
  socket.on('error', () => ended(false))
  socket.on('message', (message) => answers(message, id) && ended(true))
  const timer = setInterval(send, AGAIN)
  send()
  return () => {
    clearInterval(timer)
    socket.close()
  }
}

function overStream({ host, port, transport }: TurnAddress, id: Buffer, ended: (answered: boolean) => void): () => void {
  const ask = () => void socket.write(bindingRequest(id))
  const socket: Socket = transport === 'tls' ? connectTls({ host, port, servername: host }, ask) : connect({ host, port }, ask)
  let received = Buffer.alloc(0)
  socket.on('error', () => ended(false))
  socket.on('close', () => ended(false))
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    if (received.length >= HEADER_BYTES) ended(answers(received, id))
  })
  return () => socket.destroy()
}

/** Asks a STUN or TURN server where it sees us, as every browser does first. @returns the milliseconds that its answer took; null when none came within `timeout` milliseconds */
export function probeTurn(address: TurnAddress, timeout: number): Promise<number | null> {
  const started = performance.now()
  return new Promise((resolve) => {
    let over = false
    let stop = () => {}
    const ended = (answered: boolean) => {
      if (over) return
      over = true
      clearTimeout(timer)
      stop()
      resolve(answered ? Math.round(performance.now() - started) : null)
    }
    const timer = setTimeout(() => ended(false), timeout)
    stop = (address.transport === 'udp' ? overUdp : overStream)(address, randomBytes(12), ended)
  })
}
