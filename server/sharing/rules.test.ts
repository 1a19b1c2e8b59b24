import { describe, expect, test } from 'vitest'
import { descriptionOf, oembedOf, oembedXml, sessionHead, sessionIdOf, siteHead } from './rules.ts'
import type { Shared } from './rules.ts'

const HERE = 'https://fangtan.example'
const hostile = `</title><script>alert("1")</script>&amp;' onload='x`
const session: Shared = { id: 'abc123', kind: 'interview', title: '矿山复绿', topic: '怎么办', introduction: '介绍', startsAt: '2026-11-22T01:30:00.000Z', phase: 'announced', version: 3, attendance: { venue: '', seats: 0, applyUntil: null } }

test.each<[string, string | null]>([
  [`${HERE}/s/abc123`, 'abc123'],
  [`${HERE}/s/abc123/`, 'abc123'],
  [`${HERE}/s/abc123/ledger?x=1#y`, 'abc123'],
  [`${HERE}/embed/abc123?forum=a`, 'abc123'],
  [`${HERE}/`, null],
  [`${HERE}/s/`, null],
  [`${HERE}/s/ABC`, null],
  [`${HERE}/x/s/abc123`, null],
  ['http://fangtan.example/s/abc123', null],
  ['https://fangtan.example.evil.example/s/abc123', null],
  ['https://evil.example/s/abc123', null],
])('%s is of session %s', (address, id) => {
  expect(sessionIdOf(address, HERE)).toBe(id)
})

test('a description is one line of bearable length', () => {
  expect(descriptionOf({ ...session, attendance: { ...session.attendance, venue: '县政府礼堂' } })).toBe('在线访谈 · 预告 · 2026年11月22日周日 09:30 · 县政府礼堂。怎么办')
  expect(descriptionOf({ ...session, topic: '', introduction: 'a\n\nb' })).toMatch(/。a b$/)
  expect([...descriptionOf({ ...session, topic: '字'.repeat(500) })]).toHaveLength(160)
})

describe('the head of a page', () => {
  test('cannot be closed from within', () => {
    for (const head of [sessionHead({ ...session, title: hostile, topic: hostile, attendance: { ...session.attendance, venue: hostile } }, hostile, HERE, false), siteHead(hostile, HERE, null)]) {
      expect(head).not.toContain('<script')
      expect(head.match(/<\/title>/g)).toHaveLength(1)
      for (const line of head.split('\n').slice(1)) expect(line.trim()).toMatch(/^<(meta|link)( [a-z]+="[^"<>]*")+ \/>$/)
    }
  })

  test('says what others show, and where the frame and the feeds are', () => {
    const head = sessionHead(session, '某县访谈', HERE, false)
    for (const part of ['<title>矿山复绿 · 某县访谈</title>', 'property="og:title" content="矿山复绿"', 'og:image" content="https://fangtan.example/api/sessions/abc123/picture.png?v=3"', 'og:image:width" content="1200"', 'og:image:height" content="630"', 'og:locale" content="zh_CN"', 'href="https://fangtan.example/api/oembed?url=https%3A%2F%2Ffangtan.example%2Fs%2Fabc123&amp;format=json"', 'type="application/atom+xml" href="https://fangtan.example/feed.atom"']) expect(head).toContain(part)
    expect(head).not.toContain('noindex')
    expect(sessionHead(session, '某县访谈', HERE, true)).toContain('noindex')
  })
})

describe('oEmbed', () => {
  test('keeps to the size that is asked for', () => {
    expect(oembedOf(session, '某县访谈', HERE, {})).toMatchObject({ type: 'rich', version: '1.0', width: 720, height: 720, thumbnail_width: 1200, thumbnail_height: 630 })
    expect(oembedOf(session, '某县访谈', HERE, { maxwidth: 640, maxheight: 400 })).toMatchObject({ width: 640, height: 400, thumbnail_width: 600, thumbnail_height: 315, thumbnail_url: `${HERE}/api/sessions/abc123/picture.png?v=3&w=600` })
  })

  test('is whole as XML, whatever the title is', () => {
    const xml = oembedXml(oembedOf({ ...session, title: hostile }, '某县访谈', HERE, {}))
    expect(xml).not.toContain('<script')
    expect(xml).toContain('&lt;iframe src=&quot;https://fangtan.example/embed/abc123&quot;')
    expect(xml.match(/<title>/g)).toHaveLength(1)
  })
})
