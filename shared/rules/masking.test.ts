import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskNumbers } from './masking.ts'

describe('hides', () => {
  test.each([
    ['a mobile number', '请打13800138000找我', '请打138****8000找我'],
    ['one at the end', '电话：13800138000', '电话：138****8000'],
    ['one beside letters', 'tel13800138000a', 'tel138****8000a'],
    ['one in full-width digits', '１３８００１３８０００', '138****8000'],
    ['one in other digits', '𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎', '138****8000'],
    ['one in groups', '138 0013 8000', '138****8000'],
    ['one with hyphens', '138-0013-8000', '138****8000'],
    ['one with long hyphens', '138—0013—8000', '138****8000'],
    ['one with dots', '138.0013.8000', '138****8000'],
    ['one in groups of three', '138 001 38000', '138****8000'],
    ['one in groups of four', '1380 0138 000', '138****8000'],
    ['one in pairs', '13 80 01 38 00 0', '138****8000'],
    ['one digit by digit', '1-3-8-0-0-1-3-8-0-0-0', '138****8000'],
    ['one with joiners that nobody sees', '138\u200d0013\u200c8000', '138****8000'],
    ['one with wide spaces', '138\u30000013\u30008000', '138****8000'],
    ['one with the country', '+8613800138000', '+86138****8000'],
    ['one with the country, in groups', '0086 138-0013-8000', '0086 138****8000'],
    ['one after the country without a sign', '8613800138000', '86138****8000'],
    ['one written out', '一三八零零一三八零零零', '一三八****八零零零'],
    ['one written out as it is said', '幺三八〇〇幺三八〇〇〇', '幺三八****八〇〇〇'],
    ['one before a word that is no amount', '13800138000 人在外地', '138****8000 人在外地'],
    ['two of them', '13800138000或15912345678', '138****8000或159****5678'],
    ['an identity card', '身份证330327199001011234', '身份证3303**************'],
    ['one that ends in X', '33032719900101123X', '3303**************'],
    ['one that ends in a wide x', '33032719900101123ｘ', '3303**************'],
    ['one in groups', '330327 19900101 1234', '3303**************'],
    ['one in full-width digits', '３３０３２７１９９００１０１１２３Ｘ', '3303**************'],
    ['an old identity card', '330327900101123', '3303***********'],
    ['a landline', '0577-88881234', '057*******34'],
    ['a landline without a hyphen', '057788881234', '057*******34'],
    ['a landline in brackets', '（0577）88881234', '（057*******34'],
    ['a short landline', '010 8888 1234', '010******34'],
    ['a bank card', '6222021234567890123', '***************0123'],
    ['a bank card in groups', '6222 0212 3456 7890', '************7890'],
    ['a passport', '护照E12345678', '护照E1*******'],
    ['a new passport', 'EA1234567', 'EA*******'],
  ])('%s', (_what, text, masked) => {
    expect(maskNumbers(text)).toBe(masked)
    expect(maskNumbers(masked)).toBe(masked)
  })
})

describe('leaves', () => {
  test.each([
    '12345 热线',
    '打了 110、120、96198 都没人接',
    '0577-12345',
    '400-123-4567',
    '2026-11-22',
    '2026年11月22日10:30',
    '2026-11-22 10:30-12:00',
    '20261122',
    '1998-11-22 103 户',
    '1,234,567.89 元',
    '13,800,138,000 元',
    '投资13800138000元',
    '投资 18000000000 元',
    '15000000000.50 元',
    '214 处，拆了 200 处',
    '第 3 期 1200 万、第 4 期 1500 万',
    '邮编 325400',
    '车牌浙C12345',
    'G104 国道 K123+456',
    '二〇二六年十一月二十二日',
    '１２３ 号楼',
    '立案号 20260012345',
    '',
  ])('%s', (text) => expect(maskNumbers(text)).toBe(text))
})

test('masking twice changes nothing more, whatever the text', () => {
  const piece = fc.oneof(fc.stringMatching(/^[0-9０-９ .\-Xx一二三八零幺+()（）元G]{0,24}$/), fc.constantFrom('13800138000', '330327199001011234', '0577-88881234', '6222021234567890', '*'), fc.string({ maxLength: 5 }))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const once = maskNumbers(pieces.join(''))
      expect(maskNumbers(once)).toBe(once)
    }),
    { numRuns: 3_000 },
  )
})

test('a number is hidden wherever it stands', () => {
  const around = fc.stringMatching(/^[一-十、，。 a-z]{0,8}$/)
  fc.assert(
    fc.property(around, fc.stringMatching(/^1[3-9][0-9]{9}$/), around, (before, mobile, after) => {
      expect(maskNumbers(`${before}，${mobile}，${after}`)).not.toContain(mobile)
    }),
  )
})

test('a long text is masked fast', () => {
  const digits = '1'.repeat(8_000)
  const spaced = '1 '.repeat(4_000)
  const started = performance.now()
  for (const text of [digits, spaced, `${digits}x`.repeat(2)]) maskNumbers(text)
  expect(performance.now() - started).toBeLessThan(500)
})
