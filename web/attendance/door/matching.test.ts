import { expect, test } from 'vitest'
import { checkInText } from '../../../shared/attendance.ts'
import { doorEntry } from '../fixtures.test-support.ts'
import { byProof, proofOf, readScanned, searched } from './matching.ts'

test('reads the codes of this session only', () => {
  expect(readScanned(checkInText('abcdefghij', 'secret'), 'abcdefghij')).toEqual({ kind: 'code', code: 'secret' })
  expect(readScanned(checkInText('zzzzzzzzzz', 'secret'), 'abcdefghij')).toEqual({ kind: 'other_session' })
  for (const text of ['https://example.com', 'fangtan:abcdefghij:', 'fangtan:abcdefghij', 'fangtan:abcdefghij:a:b', '']) expect(readScanned(text, 'abcdefghij')).toEqual({ kind: 'foreign' })
})

test('knows a person by the digest of their code', async () => {
  const proof = await proofOf('secret')
  expect(proof).toBe('2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b')
  const people = [doorEntry({ proof: '' }), doorEntry({ name: '李明', proof })]
  expect(byProof(people, proof)?.name).toBe('李明')
  expect(byProof(people, '')).toBeNull()
})

test('finds by name, seat and forum, the likeliest first', () => {
  const people = [doorEntry({ name: '小王芳', forum: '王家论坛' }), doorEntry({ name: '王芳', checkedInAt: '2026-11-22T01:00:00.000Z' }), doorEntry({ name: '王 强' }), doorEntry({ name: '李明', seat: 'A12', forum: '王家论坛' })]
  const names = (typed: string, most = 9) => searched(people, typed, most).map(({ name }) => name)
  expect(names('王')).toEqual(['王 强', '王芳', '小王芳', '李明'])
  expect(names('王强')).toEqual(['王 强'])
  expect(names('a12')).toEqual(['李明'])
  expect(names('')).toEqual([])
  expect(names('王', 1)).toEqual(['王 强'])
})
