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

it('tells who waits for what is true now when a read that began after their asking is applied', async () => {
  const { reads, apply, hint, following } = setUp()
  hint()
  const current = following.current()
  let known = false
  void current.then(() => (known = true))
  reads[0]?.resolve(facts(['old']))
  await settled()
  expect(known).toBe(false)
  reads[1]?.resolve(facts(['new']))
  await current
  expect(apply).toHaveBeenLastCalledWith(facts(['new']))
})

it('tells who waits that it could not be read, or is followed no longer', async () => {
  const { reads, failed, following } = setUp()
  const first = following.current()
  reads[0]?.reject(new Error('database'))
  await expect(first).rejects.toThrow('database')
  expect(failed).toHaveBeenCalledOnce()
  const second = following.current()
  const third = following.current()
  following.stop()
  await expect(third).rejects.toMatchObject({ refusal: { code: 'media_unavailable' } })
  reads[1]?.resolve(facts([]))
  await expect(second).rejects.toMatchObject({ refusal: { code: 'media_unavailable' } })
  await expect(following.current()).rejects.toMatchObject({ refusal: { code: 'media_unavailable' } })
})
