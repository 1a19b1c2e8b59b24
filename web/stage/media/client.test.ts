import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerEvents } from '../../../shared/protocol/events.ts'
import { RefusedError } from '../../../shared/protocol/errors.ts'
import type { ErrorCode } from '../../../shared/protocol/errors.ts'
import { createStageClient } from './client.ts'
import { ATTEMPTS_BEFORE_UNAVAILABLE } from './status.ts'
import type { StageStatus } from './status.ts'
import type { MediaLink } from './types.ts'

vi.mock('./device.ts', () => ({ fetchMediaLibrary: () => Promise.resolve(), loadDevice: () => Promise.resolve({ recvRtpCapabilities: {} }) }))

type Listeners = { [E in keyof ServerEvents]?: ServerEvents[E] }

/** A server that has the session `s`, empty, until `refusal` is set. */
function setUp() {
  const listeners: Listeners = {}
  const server = { refusal: null as ErrorCode | null, generation: 'g1', requests: [] as string[], reconnect: () => undefined as void }
  const link: MediaLink = {
    request: (event, _payload) => {
      server.requests.push(event)
      if (server.refusal) return Promise.reject(new RefusedError(server.refusal))
      const joined = { seatId: null, iceServers: [], routerRtpCapabilities: {}, stage: { generation: server.generation, version: 1, peers: [], speaker: null } }
      return Promise.resolve((event === 'media:join' ? joined : null) as never)
    },
    on: (event, listener) => {
      listeners[event] = listener
      return () => delete listeners[event]
    },
    onReconnect: (listener) => {
      server.reconnect = listener
      return () => undefined
    },
  }
  const seen: StageStatus[] = []
  const client = createStageClient({
    link,
    sessionId: 's',
    audience: 'viewer',
    wishes: () => [],
    publications: () => new Map(),
    report: { status: (status) => seen.at(-1) === status || seen.push(status), seat: () => undefined, stage: () => undefined, track: () => undefined, refused: () => undefined },
  })
  const joins = () => server.requests.filter((event) => event === 'media:join').length
  return { client, server, listeners, seen, joins, settle: () => vi.advanceTimersByTimeAsync(0) }
}

describe('createStageClient', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('joins once, however often it is asked', async () => {
    const { client, seen, joins, settle } = setUp()
    client.start()
    client.start()
    client.update()
    await settle()
    client.update()
    await settle()
    expect(seen).toEqual(['connecting', 'waiting'])
    expect(joins()).toBe(1)
  })

  it('tries again after a loss, and says so once it takes long', async () => {
    const { client, server, seen, joins, settle } = setUp()
    server.refusal = 'media_unavailable'
    client.start()
    await settle()
    expect(joins()).toBe(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(joins()).toBeGreaterThan(ATTEMPTS_BEFORE_UNAVAILABLE)
    expect(seen).toEqual(['connecting', 'unavailable'])
    server.refusal = null
    await vi.advanceTimersByTimeAsync(10_000)
    expect(seen.at(-1)).toBe('waiting')
  })

  it('takes no for an answer until it is started again', async () => {
    const { client, server, seen, joins } = setUp()
    server.refusal = 'forbidden'
    client.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(joins()).toBe(1)
    expect(seen.at(-1)).toBe('unavailable')
    server.refusal = null
    client.start()
    await vi.advanceTimersByTimeAsync(0)
    expect(seen.at(-1)).toBe('waiting')
  })

  it.each(['media:restart', 'another generation', 'reconnect'])('joins again on %s', async (cause) => {
    const { client, server, listeners, seen, joins, settle } = setUp()
    client.start()
    await settle()
    server.generation = 'g2'
    if (cause === 'reconnect') server.reconnect()
    else if (cause === 'media:restart') listeners['media:restart']?.({ sessionId: 's' })
    else listeners['media:stage']?.({ sessionId: 's', stage: { generation: 'g2', version: 1, peers: [], speaker: null } })
    await settle()
    expect(joins()).toBe(2)
    expect(seen).toEqual(['connecting', 'waiting', 'recovering', 'waiting'])
  })

  it('stays away once its seat was opened elsewhere, until it is taken back', async () => {
    const { client, server, listeners, seen, joins, settle } = setUp()
    client.start()
    await settle()
    listeners['media:replaced']?.({ sessionId: 's' })
    server.reconnect()
    await settle()
    expect([seen.at(-1), joins()]).toEqual(['replaced', 1])
    client.start()
    await settle()
    expect([seen.at(-1), joins()]).toEqual(['waiting', 2])
  })

  it('does not come in after it was stopped on the way', async () => {
    const { client, server, seen, settle } = setUp()
    client.start()
    client.stop()
    await settle()
    expect(seen).toEqual(['connecting', 'idle'])
    expect(server.requests).toEqual(['media:join', 'media:leave'])
  })

  it('leaves nothing listening when it is closed', async () => {
    const { client, listeners, settle } = setUp()
    client.start()
    await settle()
    client.close()
    expect(listeners).toEqual({})
  })
})
