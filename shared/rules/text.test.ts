import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanLine, cleanText, countCharacters } from './text.ts'

describe('counting', () => {
  test.each([
    ['', 0],
    ['查违拆违', 4],
    ['👨‍👩‍👧', 1],
    ['🇨🇳', 1],
    ['e\u0301', 1],
    ['𠮷野家', 3],
    ['a b', 3],
  ])('%j has %d', (text, count) => expect(countCharacters(text)).toBe(count))
})

describe('cleaning', () => {
  test.each([
    ['  问题  ', '问题'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a\n\n\n\n\nb', 'a\n\nb'],
    ['e\u0301', 'é'],
    ['e\u200B\u0301', 'é'],
    ['\u202Egnp.exe', 'gnp.exe'],
    ['a\u0000b\u0007c', 'abc'],
    ['\uFEFF\u200B', ''],
    ['\uFFFEa\uFFFF', 'a'],
    ['half \uD83D a pair', 'half \uFFFD a pair'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['a\tb', 'a\tb'],
  ])('%j becomes %j', (text, clean) => expect(cleanText(text)).toBe(clean))

  test('a line has no breaks and no runs of spaces', () => expect(cleanLine(' a\n\n b\t c ')).toBe('a b c'))

  // Also halves of surrogate pairs, which no keyboard makes and JSON carries.
  const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 60 }))
  test('cleaning what is clean changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text))
        expect(cleanLine(cleanLine(text))).toBe(cleanLine(text))
      }),
    )
  })
  test('what is kept survives UTF-8, as a database and a hash see it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(Buffer.from(cleanText(text), 'utf8').toString('utf8')).toBe(cleanText(text))
      }),
    )
  })
})
