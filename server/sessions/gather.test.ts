import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { createGathering } from './gather.ts'

function gathering(most = 100) {
  const batches: { sessionId: string; batch: readonly number[] }[] = []
  let fail: Error | null = null
  const gather = createGathering<number, string>({
    async write(sessionId, batch) {
      batches.push({ sessionId, batch })
      if (fail) throw fail
      return (item) => (item < 0 ? new RefusedError('wrong_state') : `took ${item}`)
    },
    most,
    now: Date.now,
  })
  return { gather, batches, failWith: (error: Error | null) => (fail = error) }
}

describe('gathering', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('writes what comes together as one, and answers each by its own', async () => {
    const { gather, batches } = gathering()
    const answers = Promise.allSettled([gather('one', 1), gather('one', -2), gather('one', 3), gather('other', 4)])
    await vi.runAllTimersAsync()
    expect((await answers).map((answer) => (answer.status === 'fulfilled' ? answer.value : (answer.reason as RefusedError).refusal.code))).toEqual(['took 1', 'wrong_state', 'took 3', 'took 4'])
    expect(batches).toEqual([
      { sessionId: 'one', batch: [1, -2, 3] },
      { sessionId: 'other', batch: [4] },
    ])
  })

  it('waits between two writes of one session, and leaves the rest of a rush to the next', async () => {
    const { gather, batches } = gathering(2)
    const answers = Promise.all([gather('one', 1), gather('one', 2), gather('one', 3)])
    await vi.advanceTimersByTimeAsync(1)
    void gather('one', 4)
    expect(batches.map(({ batch }) => batch)).toEqual([[1, 2]])
    await vi.advanceTimersByTimeAsync(250)
    expect(batches.map(({ batch }) => batch)).toEqual([[1, 2], [3, 4]])
    expect(await answers).toEqual(['took 1', 'took 2', 'took 3'])
  })

  it('refuses a whole batch that failed, and goes on', async () => {
    const { gather, failWith } = gathering()
    failWith(new Error('no disk'))
    const failed = expect(gather('one', 1)).rejects.toThrow('no disk')
    await vi.advanceTimersByTimeAsync(1)
    await failed
    failWith(null)
    const next = gather('one', 2)
    await vi.advanceTimersByTimeAsync(300)
    expect(await next).toBe('took 2')
  })
})
