import { expect, it } from 'vitest'
import { PACES, intakeOf, paceOf, secondsOf } from './pace.ts'

it('is one choice that says both, there and back', () => {
  for (const pace of PACES) expect(paceOf(intakeOf(pace))).toBe(pace)
  expect(paceOf({ paused: true, slowSeconds: 30 })).toBe('paused')
  expect(paceOf({ paused: false, slowSeconds: 45 })).toBe('slow-45')
  expect(secondsOf('slow-45')).toBe(45)
  expect(secondsOf('open')).toBe(0)
})
