import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { qrPath } from './qr.ts'

it('draws every dark square and no other', () => {
  const text = 'https://fangtan.example/q/7K3M-90QX-ABCD'
  const { path, side } = qrPath(text)
  const drawn = Array.from({ length: side }, () => Array.from({ length: side }, () => false))
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) for (let step = 0; step < Number(length); step++) drawn[Number(y)]![Number(x) + step] = true
  expect(drawn).toEqual(encode(text, { ecc: 'M', border: 2 }).data)
})

it('leaves a quiet zone', () => expect(qrPath('a').path).not.toMatch(/M[01] |M\d+ [01]h/))
