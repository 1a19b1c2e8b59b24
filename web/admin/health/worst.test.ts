import { expect, test } from 'vitest'
import { worstOf } from './worst.ts'

test.each([
  [['ok', 'off'], 'ok'],
  [['ok', 'warning', 'off'], 'warning'],
  [['warning', 'failing', 'ok'], 'failing'],
  [[], 'ok'],
] as const)('%s make %s', (states, worst) => expect(worstOf(states.map((state) => ({ state })))).toBe(worst))
