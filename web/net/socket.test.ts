import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefusedError } from '../../shared/protocol/errors.ts'
import type { ClientEvents, ServerEvents } from '../../shared/protocol/events.ts'
import { createConnection } from './socket.ts'
import type { Connection } from './types.ts'

const payload = { sessionId: 'demo000001' }
const codeOf = (error: unknown) => (error as RefusedError).refusal.code

let io: Server<ClientEvents, ServerEvents>
let port: number
let open: Connection[]
/** The code with which the next handshakes are refused. */
let refuse: string | null
const renewIdentity = vi.fn(() => {
  refuse = null
  return Promise.resolve()
})

async function listen(at = 0) {
  const http = createServer()
  io = new Server(http, { pingInterval: 1_000 })
  io.use((_socket, next) => next(refuse === null ? undefined : Object.assign(new Error(refuse), { data: { code: refuse } })))
  await new Promise<void>((resolve) => http.listen(at, '127.0.0.1', resolve))
  port = (http.address() as AddressInfo).port
}

function connect() {
  const connection = createConnection({ identity: Promise.resolve(), renewIdentity, url: `http://127.0.0.1:${port}` })
  open.push(connection)
  return connection
}

beforeEach(async () => {
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('navigator', { onLine: true })
  renewIdentity.mockClear()
  refuse = null
  open = []
  await listen()
})

afterEach(async () => {
  for (const connection of open) connection.close()
  await io.close()
  vi.unstubAllGlobals()
})

describe('a request', () => {
  it('opens the line, and resolves with what the server answers', async () => {
    io.on('connection', (socket) => socket.on('session:leave', (_input, ack) => ack({ ok: true, data: null })))
    const connection = connect()
    expect(connection.status.value).toBe('connecting')
    await expect(connection.request('session:leave', payload)).resolves.toBeNull()
    expect(connection.status.value).toBe('online')
  })

  it('rejects with the refusal and all that it says', async () => {
    io.on('connection', (socket) => socket.on('session:leave', (_input, ack) => ack({ ok: false, error: { code: 'rate_limited', retryAfterMs: 7 } })))
    await expect(connect().request('session:leave', payload)).rejects.toMatchObject({ refusal: { code: 'rate_limited', retryAfterMs: 7 } })
  })

  it('is lost when no answer comes', async () => {
    const error = await connect().request('session:leave', payload, { timeoutMs: 300 }).catch(codeOf)
    expect(error).toBe('timeout')
  })

  it('is refused at once while the device has no network', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    const connection = connect()
    expect(connection.status.value).toBe('offline')
    expect(await connection.request('session:leave', payload).catch(codeOf)).toBe('offline')
  })

  it('ends when the line breaks before its answer', async () => {
    io.on('connection', (socket) => socket.on('session:leave', () => socket.disconnect(true)))
    expect(await connect().request('session:leave', payload).catch(codeOf)).toBe('offline')
  })
})

describe('the line', () => {
  it('tells what comes to those who listen, until they no longer do', async () => {
    const connection = connect()
    const heard = vi.fn()
    const undo = connection.on('media:restart', heard)
    await vi.waitFor(() => expect(connection.status.value).toBe('online'))
    io.emit('media:restart', payload)
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(payload))
    undo()
    io.emit('media:restart', payload)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(heard).toHaveBeenCalledTimes(1)
  })

  it('comes back after the server was away, and says so', async () => {
    const connection = connect()
    const back = vi.fn()
    connection.onReconnect(back)
    connection.on('media:restart', () => undefined)
    await vi.waitFor(() => expect(connection.status.value).toBe('online'))
    await io.close()
    await vi.waitFor(() => expect(connection.status.value).toBe('reconnecting'))
    expect(back).not.toHaveBeenCalled()
    await listen(port)
    await vi.waitFor(() => expect(connection.status.value).toBe('online'), { timeout: 8_000 })
    expect(back).toHaveBeenCalledTimes(1)
  }, 15_000)

  it('asks for a reload when the server speaks another version', async () => {
    refuse = 'protocol_mismatch'
    const connection = connect()
    expect(await connection.request('session:leave', payload).catch(codeOf)).toBe('protocol_mismatch')
    expect(connection.status.value).toBe('outdated')
  })

  it('fetches its identity again when that was refused', async () => {
    refuse = 'unauthenticated'
    const connection = connect()
    connection.on('media:restart', () => undefined)
    await vi.waitFor(() => expect(connection.status.value).toBe('online'), { timeout: 8_000 })
    expect(renewIdentity).toHaveBeenCalledTimes(1)
  }, 15_000)

  it('learns who it is before it comes back from a line that was cut with its rights', async () => {
    const connection = connect()
    const heard = vi.fn()
    connection.overhear('access:revoked', heard)
    expect(connection.status.value).toBe('connecting')
    io.on('connection', (socket) => {
      if (renewIdentity.mock.calls.length > 0) return
      socket.emit('access:revoked', { reason: 'revoked' })
      socket.disconnect(true)
    })
    const back = vi.fn()
    connection.onReconnect(back)
    connection.on('media:restart', () => undefined)
    await vi.waitFor(() => expect(back).toHaveBeenCalledTimes(1), { timeout: 1_500 })
    expect(heard).toHaveBeenCalledWith({ reason: 'revoked' })
    expect(renewIdentity).toHaveBeenCalledTimes(1)
  })

  it('opens anew as somebody else, and not at all when it never was open', async () => {
    const seen = vi.fn()
    io.on('connection', seen)
    const connection = connect()
    connection.reopen()
    connection.on('media:restart', () => undefined)
    await vi.waitFor(() => expect(connection.status.value).toBe('online'))
    connection.reopen()
    await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(2))
    await vi.waitFor(() => expect(connection.status.value).toBe('online'))
  })

  it("follows the device's word about its network", async () => {
    const connection = connect()
    connection.on('media:restart', () => undefined)
    await vi.waitFor(() => expect(connection.status.value).toBe('online'))
    window.dispatchEvent(new Event('offline'))
    expect(connection.status.value).toBe('offline')
    window.dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(connection.status.value).toBe('online'))
  })

  it('is given up for dead when nothing is heard for too long, and comes back', async () => {
    const connection = connect()
    const back = vi.fn()
    connection.onReconnect(back)
    connection.expectBeat(1_200)
    connection.on('media:restart', () => undefined)
    await vi.waitFor(() => expect(back).toHaveBeenCalled(), { timeout: 8_000 })
  }, 15_000)
})
