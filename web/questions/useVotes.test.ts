import { createApp, effectScope, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { question as fixture } from '../sessions/fixtures.test-support.ts'
import { connectionKey } from '../net/socket.ts'
import type { Connection } from '../net/types.ts'
import { useVotes } from './useVotes.ts'

const question = fixture(1, { votes: 7 })

type Asked = { up: boolean; answer: (votes: number) => void; refuse: (error: Error) => void }

/** Votes over a line whose answers the test gives by hand. */
function start() {
  const asked: Asked[] = []
  const refusals: Refusal[] = []
  const voted = ref(false)
  const request = (_event: string, payload: { up: boolean }) =>
    new Promise((resolve, reject) => asked.push({ up: payload.up, answer: (votes) => resolve({ votes }), refuse: reject }))
  const app = createApp({})
  app.provide(connectionKey, { request } as unknown as Connection)
  const scope = effectScope()
  const votes = app.runWithContext(() => scope.run(() => useVotes('abcdef1234', () => voted.value, (refusal) => refusals.push(refusal))))
  if (!votes) throw new Error('no scope')
  return { votes, asked, refusals, voted, scope, shown: () => votes.shown(question) }
}

describe('useVotes', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('shows the vote at once, then what the server counted, then the session again', async () => {
    const { votes, asked, voted, shown } = start()
    votes.toggle(question)
    expect(shown()).toEqual({ up: true, count: 8 })
    asked[0]?.answer(12)
    await vi.advanceTimersByTimeAsync(0)
    expect(shown()).toEqual({ up: true, count: 12 })
    voted.value = true
    await vi.advanceTimersByTimeAsync(5_000)
    expect(shown()).toEqual({ up: true, count: 7 })
  })

  it('takes the vote back and says why when it is refused', async () => {
    const { votes, asked, refusals, shown } = start()
    votes.toggle(question)
    asked[0]?.refuse(new RefusedError('closed'))
    await vi.advanceTimersByTimeAsync(0)
    expect(shown()).toEqual({ up: false, count: 7 })
    expect(refusals).toEqual([{ code: 'closed' }])
  })

  it('has one request under way and then sends what was wished last', async () => {
    const { votes, asked, shown } = start()
    votes.toggle(question)
    votes.toggle(question)
    expect(asked.map(({ up }) => up)).toEqual([true])
    asked[0]?.answer(8)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.map(({ up }) => up)).toEqual([true, false])
    asked[1]?.answer(7)
    await vi.advanceTimersByTimeAsync(0)
    expect(shown()).toEqual({ up: false, count: 7 })
  })

  it('sends nothing more when the last wish is what was sent', async () => {
    const { votes, asked } = start()
    votes.toggle(question)
    votes.toggle(question)
    votes.toggle(question)
    asked[0]?.answer(8)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(1)
  })

  it('says nothing once the page has gone', async () => {
    const { votes, asked, refusals, scope } = start()
    votes.toggle(question)
    scope.stop()
    asked[0]?.refuse(new RefusedError('timeout'))
    await vi.advanceTimersByTimeAsync(0)
    expect(refusals).toEqual([])
  })
})
