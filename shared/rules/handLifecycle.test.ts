import { describe, expect, test } from 'vitest'
import { roleSchema } from '../accounts.ts'
import { handActSchema, handStateSchema, placeSchema } from '../floor.ts'
import type { HandAction, HandState } from '../floor.ts'
import { HAND_ACTIONS, HAND_STEPS, handStep, isCalled, isRaised, maySpeak } from './handLifecycle.ts'
import type { HandHolder } from './handLifecycle.ts'
import { may } from './permissions.ts'

/** The life of a raised hand a second time, as it is explained to people: a change of the table must be meant. */
const LIFE: Record<HandState, Partial<Record<HandAction, HandState>>> = {
  waiting: { invite: 'invited', start: 'speaking', lower: 'lowered', dismiss: 'lowered', arrange: 'waiting' },
  invited: { accept: 'checking', start: 'speaking', recall: 'waiting', lower: 'lowered', dismiss: 'lowered' },
  checking: { ready: 'backstage', start: 'speaking', recall: 'waiting', lower: 'lowered', dismiss: 'lowered' },
  backstage: { start: 'speaking', recall: 'waiting', lower: 'lowered', dismiss: 'lowered' },
  speaking: { time: 'speaking', finish: 'spoke' },
  spoke: {},
  lowered: {},
}
const WHO: Record<HandAction, HandHolder[]> = {
  invite: ['call'],
  accept: ['self'],
  ready: ['self'],
  start: ['call'],
  time: ['call'],
  finish: ['self', 'call'],
  recall: ['call'],
  lower: ['self'],
  dismiss: ['arrange'],
  arrange: ['arrange'],
}
const states = handStateSchema.options

describe.each(states)('a hand that is %s', (from) => {
  test.each(HAND_ACTIONS)('%s', (action) => {
    const step = handStep(from, action)
    expect(step?.to).toBe(LIFE[from][action])
    if (step) expect([...step.by].toSorted()).toEqual(WHO[action].toSorted())
  })
})

test('knows every action that a request can name, and no step twice', () => {
  expect([...HAND_ACTIONS].toSorted()).toEqual(handActSchema.options.map(({ shape }) => shape.action.value).toSorted())
  expect(new Set(HAND_STEPS.map(({ from, action }) => `${from} ${action}`)).size).toBe(HAND_STEPS.length)
})

test('can be lowered or dismissed until it speaks, and ends in one of two ways', () => {
  expect(states.filter((state) => handStep(state, 'lower'))).toEqual(['waiting', 'invited', 'checking', 'backstage'])
  expect(states.filter((state) => handStep(state, 'dismiss'))).toEqual(states.filter((state) => handStep(state, 'lower')))
  expect(states.filter((state) => !HAND_STEPS.some(({ from }) => from === state))).toEqual(['spoke', 'lowered'])
  expect(states.filter(isRaised)).toEqual(['waiting', 'invited', 'checking', 'backstage', 'speaking'])
  expect(states.filter(isCalled)).toEqual(['invited', 'checking', 'backstage'])
})

test('speaks from the hall with its microphone, from anywhere else only once ready on camera', () => {
  const where = placeSchema.options.flatMap((place) => states.filter((state) => maySpeak({ state, place })).map((state) => `${state} ${place}`))
  expect(where.toSorted()).toEqual(['backstage hall', 'backstage home', 'checking hall', 'invited hall', 'waiting hall'])
})

test('is called by those who run the floor, and kept in order by helpers besides; anybody raises their own', () => {
  const roles = (permission: Parameters<typeof may>[1]) => roleSchema.options.filter((role) => may({ personId: 'p', roles: [role] }, permission))
  expect(roles('floor.call').toSorted()).toEqual(['admin', 'director', 'host'])
  expect(roles('floor.arrange').toSorted()).toEqual(['admin', 'director', 'helper', 'host', 'moderator'])
  expect(roles('floor.raise')).toEqual(['participant'])
})
