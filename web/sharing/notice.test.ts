import { describe, expect, it } from 'vitest'
import type { Agenda } from '../../shared/agenda.ts'
import { session as base } from '../sessions/fixtures.test-support.ts'
import { asBbcode, asHtml, asText, noticeOf } from './notice.ts'

const WORDS = { time: '时间', venue: '地点', guests: '嘉宾', agenda: '议程', link: '观看和提问', closing: '欢迎提问。' }
const CLOCK = { when: (iso: string) => `日 ${iso.slice(11, 16)}`, clock: (iso: string) => iso.slice(11, 16) }
const ADDRESS = 'https://fangtan.example/s/abc123'
const part = (id: string, title: string, minutes: number, speakers: string[] = []): Agenda['items'][number] => ({ id, kind: 'other', title, minutes, speakers: speakers.map((name) => ({ guestId: null, name })), questionIds: [] })
const agenda: Agenda = { version: 1, items: [part('a', '通报', 20, ['李局长']), part('b', '互动', 40)], current: null, runs: [] }
const session = { ...base, kind: 'symposium' as const, title: '网民恳谈会', topic: '教育', introduction: '第一行\n第二行', startsAt: '2026-11-22T01:30:00.000Z', guests: [], attendance: { venue: '县礼堂', seats: 100, applyUntil: null } }
const notice = (over: Partial<typeof session> = {}, program = agenda) => noticeOf({ ...session, ...over }, program, ADDRESS, WORDS, CLOCK)

it('says when, where, what is on and where to ask', () => {
  expect(asText(notice())).toBe(['网民恳谈会\n教育', '时间：日 01:30\n地点：县礼堂', '议程：\n01:30 通报（李局长）\n01:50 互动', '第一行\n第二行', '欢迎提问。', `观看和提问：${ADDRESS}`].join('\n\n'))
})

it('leaves out what there is none of', () => {
  const text = asText(notice({ topic: '', introduction: '', attendance: { venue: '', seats: 0, applyUntil: null } }, { ...agenda, items: [] }))
  expect(text).toBe(['网民恳谈会', '时间：日 01:30', '欢迎提问。', `观看和提问：${ADDRESS}`].join('\n\n'))
})

describe('whatever stands in the texts', () => {
  const hostile = `[/b][img]http://evil.example/x.png[/img]</h2><script>alert("1")</script>&'`
  const bad = notice({ title: hostile, topic: hostile, introduction: hostile, attendance: { venue: hostile, seats: 0, applyUntil: null } }, { ...agenda, items: [part('a', hostile, 5, [hostile])] })

  it('no text becomes a code of BBCode', () => {
    const codes = [...asBbcode(bad).matchAll(/\[([^\]]*)\]/g)].map(([, code]) => code)
    expect(new Set(codes)).toEqual(new Set(['b', 'size=5', '/size', '/b', 'list', '*', '/list', `url=${ADDRESS}`, '/url']))
  })

  it('no text becomes markup of HTML', () => {
    const html = asHtml(bad)
    expect(new Set([...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, name]) => name))).toEqual(new Set(['h2', 'p', 'strong', 'ul', 'li', 'a', 'br']))
    expect(html.match(/&(?!amp;|lt;|gt;|quot;|#39;)/)).toBeNull()
  })
})
