import { expect, it } from 'vitest'
import { levelOf } from './level.ts'

const tone = (amplitude: number) => Float32Array.from({ length: 1024 }, (_, index) => amplitude * Math.sin(index / 5))

it.each([
  ['silence', new Float32Array(1024), 0, 0],
  ['no samples', new Float32Array(0), 0, 0],
  ['a calm room', tone(0.001), 0, 0.05],
  ['speech', tone(0.05), 0.5, 0.8],
  ['shouting', tone(1), 1, 1],
])('%s', (_name, samples, least, most) => {
  expect(levelOf(samples)).toBeGreaterThanOrEqual(least)
  expect(levelOf(samples)).toBeLessThanOrEqual(most)
})
