import { describe, expect, test } from 'vitest'
import { drawSession, textWidth, wrapText } from './drawing.ts'
import type { Shared } from './rules.ts'

describe('wrapping a title', () => {
  test.each<[string, string, number, string[]]>([
    ['a short one stays', '矿山复绿', 10, ['矿山复绿']],
    ['Chinese breaks between characters', '石矿什么时候复绿', 4, ['石矿什么', '时候复绿']],
    ['no line begins with a closing sign', '石矿何时，复绿吗', 4, ['石矿何', '时，复绿', '吗']],
    ['no line ends with an opening one', '关于石矿《条例》', 5, ['关于石矿', '《条例》']],
    ['Latin breaks between words', 'open data for all', 5.5, ['open data', 'for all']],
    ['a word too long for a line is cut', 'abcdefghijklmnop', 4, ['abcdef', 'ghijklm', 'nop']],
    ['what is too much ends in an ellipsis', '一二三四五六七八九十', 3, ['一二三', '四五六', '七八…']],
    ['nothing', '', 5, []],
  ])('%s', (_name, text, width, lines) => {
    expect(wrapText(text, width, 3)).toEqual(lines)
  })

  test('no line is wider than it may be', () => {
    for (const text of ['政府工作人员与网友面对面，聊聊“古盐道”骑行线、public transport 和学区划分（第三场）', 'a'.repeat(80), '，'.repeat(80), '字'.repeat(80), '😀'.repeat(40)]) {
      for (const line of wrapText(text, 12, 3)) expect([text, textWidth(line) <= 13], line).toEqual([text, true])
    }
  })
})

const session: Shared = { id: 'abc123', kind: 'symposium', title: '</text><script>alert(1)</script>"&', topic: '', introduction: '', startsAt: '2026-11-22T01:30:00.000Z', phase: 'announced', version: 1, attendance: { venue: '县政府<一楼>', seats: 0, applyUntil: null } }

test('nothing in a title becomes part of the drawing', () => {
  const svg = drawSession(session, '某县<访谈>', '#176c83', true)
  expect(svg).not.toContain('<script')
  expect(svg).toContain('县政府&lt;一楼&gt;')
  expect(svg).toContain('2026年11月22日周日 09:30')
})

test('without words there are none', () => {
  expect(drawSession(session, '某县访谈', '#176c83', false)).not.toContain('<text')
})
