import { createApp, effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RefusedError } from '../../../shared/protocol/errors.ts'
import type { SimilarQuestion } from '../../../shared/questions.ts'
import { connectionKey } from '../../net/socket.ts'
import type { Connection } from '../../net/types.ts'
import { useSimilar } from './useSimilar.ts'

type Asked = { text: string; answer: (...questions: SimilarQuestion[]) => void; refuse: () => void }
const like = (number: number): SimilarQuestion => ({ id: `q${number}`, number, text: `问题${number}`, votes: 0, state: 'approved', score: 0.8 })

/** Writing over a line whose answers the test gives by hand. */
function start(own: string[] = []) {
  const asked: Asked[] = []
  const status = ref<'online' | 'offline'>('online')
  const text = ref('')
  const request = (_event: string, payload: { text: string }) =>
    new Promise((resolve, reject) => asked.push({ text: payload.text, answer: (...questions) => resolve({ questions }), refuse: () => reject(new RefusedError('timeout')) }))
  const app = createApp({})
  app.provide(connectionKey, { request, status } as unknown as Connection)
  const found = app.runWithContext(() => effectScope().run(() => useSimilar('abcdef1234', () => text.value, () => new Set(own))))
  if (!found) throw new Error('no scope')
  const type = async (typed: string) => {
    text.value = typed
    await nextTick()
    await vi.advanceTimersByTimeAsync(500)
  }
  return { asked, status, text, type, numbers: () => found.value.map(({ number }) => number) }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('useSimilar', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('asks once typing pauses, from four characters on', async () => {
    const { asked, text, type } = start()
    await type('加装电')
    expect(asked).toEqual([])
    text.value = '加装电梯'
    await nextTick()
    await vi.advanceTimersByTimeAsync(200)
    await type('加装电梯一楼')
    expect(asked.map((one) => one.text)).toEqual(['加装电梯一楼'])
  })

  it('does not ask again for what it knows, nor without a line', async () => {
    const { asked, status, type } = start()
    await type('加装电梯')
    asked[0]?.answer(like(1))
    await settle()
    await type('加装电梯 ')
    status.value = 'offline'
    await type('加装电梯一楼不同意')
    expect(asked).toHaveLength(1)
  })

  it('shows what belongs to what stands there now, whatever comes back last', async () => {
    const { asked, type, numbers } = start()
    await type('加装电梯')
    await type('石矿复绿')
    asked[1]?.answer(like(2))
    await settle()
    asked[0]?.answer(like(1))
    await settle()
    expect(numbers()).toEqual([2])
    await type('石矿')
    expect(numbers()).toEqual([])
  })

  it('leaves out one’s own, and keeps silent when it fails', async () => {
    const { asked, type, numbers } = start(['q1'])
    await type('加装电梯')
    asked[0]?.answer(like(1), like(2))
    await settle()
    expect(numbers()).toEqual([2])
    await type('加装电梯一楼')
    asked[1]?.refuse()
    await settle()
    expect(numbers()).toEqual([2])
  })
})
