import { expect, it, vi } from 'vitest'
import type { StageFacts } from '../media/types.ts'
import { followFacts } from './follow.ts'

const facts = (onAir: string[]): StageFacts => ({ phase: 'live', onAir, muted: [], guests: [], speakers: [] })

function setUp() {
  const reads: PromiseWithResolvers<StageFacts | null>[] = []
  const listeners = new Set<() => void>()
  const apply = vi.fn()
  const failed = vi.fn()
  const source = {
    read: () => {
      const read = Promise.withResolvers<StageFacts | null>()
      reads.push(read)
      return read.promise
    },
    follow: (_: string, listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const following = followFacts(source, 's', apply, failed)
  return { reads, apply, failed, following, hint: () => listeners.forEach((listener) => listener()), listeners }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

it('reads once more after a hint that came during a read', async () => {
  const { reads, apply, hint } = setUp()
  hint()
  hint()
  hint()
  expect(reads).toHaveLength(1)
  reads[0]?.resolve(facts(['old']))
  await settled()
  expect(reads).toHaveLength(2)
  reads[1]?.resolve(facts(['new']))
  await settled()
  expect(apply.mock.calls).toEqual([[facts(['old'])], [facts(['new'])]])
  expect(reads).toHaveLength(2)
})

it('reports a failed read and reads again at the next hint', async () => {
  const { reads, failed, apply, hint } = setUp()
  hint()
  reads[0]?.reject(new Error('database'))
  await settled()
  expect(failed).toHaveBeenCalledOnce()
  hint()
  reads[1]?.resolve(null)
  await settled()
  expect(apply).toHaveBeenCalledExactlyOnceWith(null)
})

it('tries a failed read again by itself, until it succeeds or nobody needs it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { reads, failed, apply, hint, following } = setUp()
    hint()
    for (const at of [0, 1]) {
      reads[at]?.reject(new Error('database'))
      await settled()
      vi.advanceTimersByTime(500)
    }
    expect(failed).toHaveBeenCalledTimes(2)
    reads[2]?.resolve(facts([]))
    await settled()
    expect(apply).toHaveBeenCalledExactlyOnceWith(facts([]))
    hint()
    reads[3]?.reject(new Error('database'))
    await settled()
    following.stop()
    vi.advanceTimersByTime(5_000)
    expect(reads).toHaveLength(4)
  } finally {
    vi.useRealTimers()
  }
})

it('applies nothing after it was stopped', async () => {
  const { reads, apply, hint, following, listeners } = setUp()
  hint()
  following.stop()
  reads[0]?.resolve(facts([]))
  await settled()
  hint()
  expect(apply).not.toHaveBeenCalled()
  expect(listeners.size).toBe(0)
})
