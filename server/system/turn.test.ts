import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { probeTurn, turnAddress } from './turn.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** What a STUN server says to a request; `id` may be another's. */
function reply(request: Buffer, type = 0x0101, id = request.subarray(8, 20)): Buffer {
  const message = Buffer.from(request.subarray(0, 20))
  message.writeUInt16BE(type, 0)
  id.copy(message, 8)
  return message
}

async function udpServer(answer: (request: Buffer, count: number) => Buffer | null): Promise<number> {
  const socket = createSocket('udp4')
  let count = 0
  socket.on('message', (request, from) => {
    const message = answer(request, ++count)
    if (message) socket.send(message, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  closing.push(() => socket.close())
  return socket.address().port
}

async function tcpServer(answer: (request: Buffer) => Buffer): Promise<number> {
  const server = createServer((socket) => {
    socket.on('data', (request: Buffer) => {
      const message = answer(request)
      // In two pieces, as a network may deliver it.
      socket.write(message.subarray(0, 7))
      setTimeout(() => socket.write(message.subarray(7)), 20)
    })
    socket.on('error', () => {})
    closing.push(() => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return (server.address() as AddressInfo).port
}

test.each([
  ['turn:turn.example', { host: 'turn.example', port: 3478, transport: 'udp' }],
  ['turn:turn.example:8080?transport=tcp', { host: 'turn.example', port: 8080, transport: 'tcp' }],
  ['turns:turn.example?transport=tcp', { host: 'turn.example', port: 5349, transport: 'tls' }],
  ['stun:[2001:db8::1]:3479', { host: '2001:db8::1', port: 3479, transport: 'udp' }],
  ['https://turn.example', null],
  ['turn:', null],
  ['turn:turn.example:0', null],
  ['turns:turn.example:65536', null],
])('%s', (url, expected) => expect(turnAddress(url)).toEqual(expected))

describe('asking over UDP', () => {
  const ask = async (answer: Parameters<typeof udpServer>[0], timeout = 300) => probeTurn({ host: '127.0.0.1', port: await udpServer(answer), transport: 'udp' }, timeout)
  test('finds who answers', async () => expect(await ask((request) => reply(request))).toBeGreaterThanOrEqual(0))
  test('finds who refuses, too', async () => expect(await ask((request) => reply(request, 0x0111))).not.toBeNull())
  test('asks again when the first datagram is lost', async () => expect(await ask((request, count) => (count === 1 ? null : reply(request)), 2_000)).toBeGreaterThan(400))
  test('gives up on silence', async () => expect(await ask(() => null)).toBeNull())
  test('takes no answer to somebody else, nor what is no STUN', async () => {
    expect(await ask((request) => reply(request, 0x0101, Buffer.alloc(12)))).toBeNull()
    expect(await ask(() => Buffer.from('hello'))).toBeNull()
  })
})

describe('asking over TCP', () => {
  test('finds who answers', async () => expect(await probeTurn({ host: '127.0.0.1', port: await tcpServer((request) => reply(request)), transport: 'tcp' }, 1_000)).not.toBeNull())
  test('knows a web server from a TURN server', async () => expect(await probeTurn({ host: '127.0.0.1', port: await tcpServer(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n')), transport: 'tcp' }, 1_000)).toBeNull())
  test('notices that nobody listens', async () => expect(await probeTurn({ host: '127.0.0.1', port: 1, transport: 'tcp' }, 1_000)).toBeNull())
})
