import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import type { EffectScope } from 'vue'
import type { DeskQuestion } from '../../shared/questions.ts'
import { matches, searchWords } from './rules/filter.ts'
import { aQuestion } from './rules/testing.ts'
import { useBoard } from './useBoard.ts'
import type { DeskBoard } from './useBoard.ts'

let scope: EffectScope
let board: DeskBoard
const desk = shallowRef<ReadonlyMap<string, DeskQuestion>>(new Map())
const query = ref('')
const own = new Set<string>()

/** Puts the desk into this state, past the pause between two sortings. */
async function put(...questions: DeskQuestion[]) {
  desk.value = new Map(questions.map((question) => [question.id, question]))
  await nextTick()
  vi.advanceTimersByTime(200)
  await nextTick()
}

const numbers = (column: 'pending' | 'approved') => board.views[column].value.cards.map((card) => card.question.number)

beforeEach(async () => {
  vi.useFakeTimers()
  query.value = ''
  own.clear()
  desk.value = new Map()
  scope = effectScope()
  board = scope.run(() => useBoard(() => desk.value, () => (question) => matches(question, searchWords(query.value)), own))!
  await put(aQuestion({ number: 1 }), aQuestion({ number: 2 }), aQuestion({ number: 3, state: 'approved', votes: 4 }), aQuestion({ number: 4, state: 'approved', votes: 2 }))
})

afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('the board', () => {
  it('appends what arrives while nobody is there', async () => {
    await put(...desk.value.values(), aQuestion({ number: 5 }))
    expect(numbers('pending')).toEqual([1, 2, 5])
  })

  it('lets what arrives wait under a hand, and lets it in on request', async () => {
    board.hold('pending', 'hands')
    await put(...desk.value.values(), aQuestion({ number: 5 }))
    expect(numbers('pending')).toEqual([1, 2])
    expect(board.views.pending.value).toMatchObject({ waiting: 1, total: 3 })
    board.release('pending')
    expect(numbers('pending')).toEqual([1, 2, 5])
  })

  it('keeps the order of the approved while held, and sorts when let go', async () => {
    board.hold('approved', 'hands')
    await put(aQuestion({ number: 3, state: 'approved', votes: 4 }), aQuestion({ number: 4, state: 'approved', votes: 9 }))
    expect(numbers('approved')).toEqual([3, 4])
    expect(board.views.approved.value.outOfOrder).toBe(true)
    board.hold('approved', 'free')
    expect(numbers('approved')).toEqual([4, 3])
  })

  it('keeps the place of what another host moved, says where it went, and does not let it be selected', async () => {
    board.hold('pending', 'hands')
    await put(aQuestion({ number: 1, state: 'approved' }), aQuestion({ number: 2 }))
    expect(board.views.pending.value.cards.map((card) => [card.question.number, card.left])).toEqual([
      [1, 'approved'],
      [2, null],
    ])
    expect(board.board.value.pending).toEqual(['q2'])
    board.settle('pending')
    expect(numbers('pending')).toEqual([2])
  })

  it('says of a withdrawn question that it is gone', async () => {
    board.hold('pending', 'hands')
    await put(aQuestion({ number: 2 }))
    expect(board.views.pending.value.cards[0]).toMatchObject({ left: 'gone' })
  })

  it('moves at once what this person moved', async () => {
    board.hold('pending', 'hands')
    own.add('q1')
    await put(aQuestion({ number: 1, state: 'approved' }), aQuestion({ number: 2 }))
    expect(numbers('pending')).toEqual([2])
  })

  it('never filters away what is on air', async () => {
    await put(aQuestion({ number: 1 }), aQuestion({ number: 2, state: 'asking' }))
    query.value = '老街'
    expect(board.views.pending.value.cards).toEqual([])
    expect(board.views.asking.value.cards).toHaveLength(1)
  })

  it('filters what is shown and what waits, never the total', async () => {
    board.hold('pending', 'scrolled')
    await put(aQuestion({ number: 1, text: '老街的路' }), aQuestion({ number: 2 }), aQuestion({ number: 6, text: '老街的灯' }), aQuestion({ number: 7 }))
    query.value = '老街'
    expect(numbers('pending')).toEqual([1])
    expect(board.views.pending.value).toMatchObject({ waiting: 1, total: 4 })
  })
})
