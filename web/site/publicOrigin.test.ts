import { expect, test } from 'vitest'
import { publicOrigin } from './publicOrigin.ts'

test.each([
  ['https://fangtan.example', 'http://localhost:3000', 'https://fangtan.example'],
  ['https://fangtan.example', 'https://fangtan.example', 'https://fangtan.example'],
  ['http://localhost:3000', 'http://192.168.1.5:3000', 'http://192.168.1.5:3000'],
  ['http://127.0.0.1:3000', 'http://county.lan:3000', 'http://county.lan:3000'],
  [null, 'http://county.lan:3000', 'http://county.lan:3000'],
])('set to %s and opened at %s: %s', (set, own, handed) => expect(publicOrigin(set, own)).toBe(handed))
