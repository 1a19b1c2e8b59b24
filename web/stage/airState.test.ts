import { expect, it } from 'vitest'
import { airState } from './airState.ts'
import type { Phase } from '../../shared/sessions.ts'

it.each<[Phase, string, string]>([
  ['announced', 'closed', 'closed'],
  ['backstage', 'backstage', 'ready'],
  ['live', 'standby', 'on_air'],
  ['paused', 'paused', 'paused'],
  ['ended', 'over', 'over'],
  ['archived', 'over', 'over'],
  ['cancelled', 'over', 'over'],
])('%s: %s behind the stage, %s on it', (phase, behind, upon) => {
  expect(airState(phase, [], 'me', true)).toBe(behind)
  expect(airState(phase, ['me'], null, true)).toBe(behind)
  expect(airState(phase, ['other', 'me'], 'me', true)).toBe(upon)
})

it('says when everything was cut off', () => {
  expect(airState('paused', ['me'], 'me', true, true)).toBe('interrupted')
  expect(airState('ended', ['me'], 'me', true, true)).toBe('over')
})

it('never says on air while nothing gets out', () => {
  expect(airState('live', ['me'], 'me', false)).toBe('cut')
  expect(airState('live', [], 'me', false)).toBe('standby')
})
