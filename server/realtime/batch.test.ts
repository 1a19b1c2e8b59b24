import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionEvent } from '../../shared/protocol/events.ts'
import type { PublicQuestion } from '../../shared/questions.ts'
import { sortOut } from './batch.ts'
import type { LoggedEvent } from './store.ts'

const votes = (counts: Record<string, number>): SessionEvent => ({ type: 'votes', counts })
const hidden = (id: string): SessionEvent => ({ type: 'question_hidden', id, number: 1, state: 'declined', reasonCode: 'spam', mergedInto: null })
const log = (...entries: [string, SessionEvent][]): LoggedEvent[] => entries.map(([audience, event], index) => ({ seq: index + 1, audience, event }))

test('each audience is given what it may see, in order; the desk sees what the public sees', () => {
  const batch = sortOut(log(['public', hidden('a')], ['desk', hidden('b')], ['person:p', hidden('c')], ['person:q', hidden('d')], ['public', hidden('e')], ['person:p', hidden('f')]))
  expect(batch.public).toEqual([hidden('a'), hidden('e')])
  expect(batch.desk).toEqual([hidden('a'), hidden('b'), hidden('e')])
  expect(Object.fromEntries(batch.people)).toEqual({ p: [hidden('c'), hidden('f')], q: [hidden('d')] })
})

test('an audience that nobody knows is told to nobody', () => {
  expect(sortOut(log(['everybody', hidden('a')]))).toEqual({ public: [], desk: [], people: new Map() })
})

test('of many counts one message is left, with the last of each', () => {
  const { public: told } = sortOut(log(['public', votes({ a: 1, b: 1 })], ['public', hidden('x')], ['public', votes({ a: 2 })], ['public', hidden('y')]))
  expect(told).toEqual([hidden('x'), votes({ a: 2, b: 1 }), hidden('y')])
})

test('a question that is told whole after its count says how many it has; one that is hidden is not counted any more', () => {
  const question = { id: 'a', votes: 7 } as PublicQuestion
  const { public: told } = sortOut(log(['public', votes({ a: 2, b: 1 })], ['public', { type: 'question', question }], ['public', hidden('b')], ['public', votes({ c: 1 })]))
  expect(told).toEqual([{ type: 'question', question }, hidden('b'), votes({ a: 7, c: 1 })])
})

test('whatever comes, the counts at the end and the order of the rest are the same', () => {
  const event = fc.oneof(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(9)).map(votes), fc.constantFrom('x', 'y').map(hidden))
  const counts = (events: SessionEvent[]) => Object.assign({}, ...events.map((each) => (each.type === 'votes' ? each.counts : {}))) as Record<string, number>
  const rest = (events: SessionEvent[]) => events.filter(({ type }) => type !== 'votes')
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const { public: told } = sortOut(log(...events.map((each): [string, SessionEvent] => ['public', each])))
      expect(counts(told)).toEqual(counts(events))
      expect(rest(told)).toEqual(rest(events))
      expect(told.filter(({ type }) => type === 'votes').length).toBeLessThanOrEqual(1)
    }),
  )
})
