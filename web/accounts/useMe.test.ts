import { beforeEach, expect, it, vi } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import { createMe } from './useMe.ts'

const me = (personId: string): Me => ({ personId, grants: [], signedIn: null, account: null, verified: [], consented: null })

beforeEach(() => {
  vi.stubGlobal('window', new EventTarget())
  return () => vi.unstubAllGlobals()
})

/** Answers that the test gives one by one. */
function answers() {
  const waiting: ((answer: Me) => void)[] = []
  return { fetchMe: () => new Promise<Me>((resolve) => waiting.push(resolve)), give: (personId: string) => waiting.shift()?.(me(personId)), asked: () => waiting.length }
}

it('does not take an answer that was under way for what is asked anew, and asks once for all who ask meanwhile', async () => {
  const server = answers()
  const store = createMe(server.fetchMe)
  const [one, two] = [store.refresh(), store.refresh()]
  server.give('before')
  expect((await store.ready).personId).toBe('before')
  await vi.waitFor(() => expect(server.asked()).toBe(1))
  server.give('after')
  expect([(await one).personId, (await two).personId, store.me.value?.personId]).toEqual(['after', 'after', 'after'])
  expect(server.asked()).toBe(0)
})

it('keeps trying when no answer comes', async () => {
  vi.useFakeTimers()
  const fetchMe = vi.fn().mockRejectedValueOnce(new Error()).mockResolvedValue(me('at last'))
  const store = createMe(fetchMe)
  await vi.advanceTimersByTimeAsync(1_000)
  expect((await store.ready).personId).toBe('at last')
  vi.useRealTimers()
})
