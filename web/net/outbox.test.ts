import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { createFakeConnection } from './fakeConnection.test-support.ts'
import { createOutbox } from './outbox.ts'

const payload = (id: string) => ({ id, sessionId: 'demo000001', text: `问题${id}`, name: null, topicId: null, pictureId: null, follows: null })

/** A browser's storage in memory. */
function memoryStorage(): Storage {
  const map = new Map<string, string>()
  return {
    get length() {
      return map.size
    },
    clear: () => map.clear(),
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  }
}

/** Answers each request by the next of `codes`; null, or nothing left, is yes. */
function serve(...codes: (ErrorCode | null)[]) {
  return createFakeConnection(() => {
    const code = codes.shift()
    return code ? Promise.reject(new RefusedError(code)) : Promise.resolve({ question: { id: 'stored' } })
  })
}

const settle = async () => {
  await vi.advanceTimersByTimeAsync(0)
  await nextTick()
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('the outbox', () => {
  it('sends at once when the line is there, tells it, and forgets it', async () => {
    const { connection, sent } = serve()
    const storage = memoryStorage()
    const outbox = createOutbox({ connection, storage })
    const told = vi.fn()
    outbox.onDelivered(told)
    outbox.enqueueQuestion(payload('a'))
    expect(outbox.pending.value).toMatchObject([{ state: 'sending' }])
    await settle()
    expect(sent).toEqual([{ event: 'question:submit', payload: payload('a') }])
    expect(told).toHaveBeenCalledWith(payload('a'), { id: 'stored' })
    expect([outbox.pending.value, storage.length]).toEqual([[], 0])
  })

  it('waits without network and sends once it is back', async () => {
    const { connection, sent, status } = serve()
    status.value = 'offline'
    const outbox = createOutbox({ connection, storage: memoryStorage() })
    outbox.enqueueQuestion(payload('a'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect([sent.length, outbox.pending.value[0]?.state]).toEqual([0, 'waiting'])
    status.value = 'online'
    await settle()
    expect(sent).toHaveLength(1)
    expect(outbox.pending.value).toEqual([])
  })

  it('tries again with the same id after passing trouble', async () => {
    const { connection, sent } = serve('timeout', 'rate_limited', null)
    const outbox = createOutbox({ connection, storage: memoryStorage() })
    outbox.enqueueQuestion(payload('a'))
    await settle()
    expect(outbox.pending.value).toMatchObject([{ state: 'waiting', error: { code: 'timeout' } }])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sent.map((one) => one.payload)).toEqual([payload('a'), payload('a'), payload('a')])
    expect(outbox.pending.value).toEqual([])
  })

  it('gives up at a final refusal, keeps the text until dismissed, and goes on with the next', async () => {
    const { connection, sent } = serve('closed', null)
    const storage = memoryStorage()
    const outbox = createOutbox({ connection, storage })
    outbox.enqueueQuestion(payload('a'))
    outbox.enqueueQuestion(payload('b'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent.map((one) => one.payload)).toEqual([payload('a'), payload('b')])
    expect(outbox.pending.value).toMatchObject([{ payload: payload('a'), state: 'refused', error: { code: 'closed' } }])
    outbox.dismiss('a')
    expect([outbox.pending.value, storage.length]).toEqual([[], 0])
  })

  it('survives a reload, and does not send again what was refused', async () => {
    const storage = memoryStorage()
    const before = serve('closed', 'offline')
    const first = createOutbox({ connection: before.connection, storage })
    first.enqueueQuestion(payload('a'))
    first.enqueueQuestion(payload('b'))
    await settle()
    first.close()

    const after = serve()
    const second = createOutbox({ connection: after.connection, storage })
    expect(second.pending.value.map(({ state }) => state)).toEqual(['refused', 'sending'])
    await settle()
    expect(after.sent.map((one) => one.payload)).toEqual([payload('b')])
  })

  it('does not read what it did not write, and forgets what is a week old', () => {
    const storage = memoryStorage()
    storage.setItem('fangtan.outbox.x', '{"payload":1}')
    storage.setItem('fangtan.outbox.y', 'not json')
    storage.setItem('fangtan.outbox.z', JSON.stringify({ payload: payload('z'), refused: null, at: Date.now() - 8 * 24 * 3_600_000 }))
    expect(createOutbox({ connection: serve().connection, storage }).pending.value).toEqual([])
    expect(storage.length).toBe(0)
  })

  it('keeps what was refused for now, and sends it again when asked, under the same id', async () => {
    const storage = memoryStorage()
    const { connection, sent } = serve('intake_paused', null)
    const outbox = createOutbox({ connection, storage })
    outbox.enqueueQuestion(payload('a'))
    await settle()
    expect(outbox.pending.value).toMatchObject([{ state: 'refused', error: { code: 'intake_paused' } }])
    outbox.retry('a')
    await settle()
    expect(sent.map((one) => one.payload)).toEqual([payload('a'), payload('a')])
    expect([outbox.pending.value, storage.length]).toEqual([[], 0])
  })

  it('knows from when a slowed question may go', async () => {
    const { connection } = createFakeConnection(() => Promise.reject(new RefusedError('slow_mode', { retryAfterMs: 30_000 })))
    const outbox = createOutbox({ connection, storage: null })
    outbox.enqueueQuestion(payload('a'))
    await settle()
    expect(outbox.pending.value).toMatchObject([{ state: 'refused', retryAt: Date.now() + 30_000 }])
  })

  it('sends what a page of before topics and pictures has kept', async () => {
    const storage = memoryStorage()
    storage.setItem('fangtan.outbox.a', JSON.stringify({ payload: { id: 'a', sessionId: 'demo000001', text: '问题a', name: null }, refused: null, at: Date.now() }))
    const { connection, sent } = serve()
    createOutbox({ connection, storage })
    await settle()
    expect(sent.map((one) => one.payload)).toEqual([payload('a')])
  })

  it('works without a storage', async () => {
    const { connection, sent } = serve()
    createOutbox({ connection, storage: null }).enqueueQuestion(payload('a'))
    await settle()
    expect(sent).toHaveLength(1)
  })
})
