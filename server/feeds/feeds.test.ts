import { describe, expect, test } from 'vitest'
import { DEFAULT_SITE } from '../../shared/site.ts'
import { inCalendar, newsFrom } from './rules.ts'
import type { Told } from './rules.ts'
import { createFeedService } from './service.ts'
import { writeCalendar, writeFeed } from './writing.ts'

const HERE = 'https://fangtan.example'
const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const told = (over: Partial<Told> = {}): Told => ({
  id: 'abc123',
  kind: 'interview',
  title: '矿山复绿',
  topic: '怎么办',
  introduction: '第一行\n第二行',
  startsAt: '2026-11-22T01:30:00.000Z',
  plannedMinutes: 60,
  phase: 'announced',
  version: 2,
  createdAt: '2026-11-01T00:00:00.000Z',
  wentLiveAt: null,
  endedAt: null,
  announcement: null,
  attendance: { version: 0, venue: '', seats: 0, quotas: [], applyUntil: null, hallCode: '' },
  guests: [],
  questionCount: 7,
  ...over,
})
const over = told({ id: 'over123', phase: 'ended', wentLiveAt: '2026-11-22T01:31:00.000Z', endedAt: '2026-11-22T02:40:00.000Z', announcement: { text: '请提前 10 分钟\n<入场>', at: '2026-11-20T00:00:00.000Z', by: '主持人' } })
const options = { site: '某县<访谈>&', publicUrl: HERE, path: '/feed.atom', since: new Date(NOW) }

describe('what there is to tell', () => {
  test('each step of each session, newest first, with figures at the end', () => {
    const news = newsFrom([told(), over], new Map([['over123', 4]]), HERE, undefined)
    expect(news.map(({ title }) => title)).toEqual(['在线访谈已结束：矿山复绿', '在线访谈开始直播：矿山复绿', '公告：矿山复绿', '在线访谈预告：矿山复绿', '在线访谈预告：矿山复绿'])
    expect(news[0]?.html).toContain('收到提问 7 个，已答复 4 个')
    expect(news[2]?.html).toContain('请提前 10 分钟<br />&lt;入场&gt;')
    expect(new Set(news.map(({ id }) => id)).size).toBe(5)
  })

  test('of one kind alone, when asked', () => {
    expect(newsFrom([told(), told({ id: 'sym123', kind: 'symposium' })], new Map(), HERE, 'symposium').map(({ link }) => link)).toEqual([`${HERE}/s/sym123`])
  })

  test('that one does not take place', () => {
    expect(newsFrom([told({ phase: 'cancelled', endedAt: '2026-11-10T00:00:00.000Z' })], new Map(), HERE, undefined).map(({ title }) => title)).toEqual(['已取消：矿山复绿', '在线访谈预告：矿山复绿'])
  })

  test('the calendar leaves out what is long over', () => {
    expect(inCalendar([told(), over, told({ id: 'old123', endedAt: '2026-01-01T00:00:00.000Z' })], undefined, NOW).map(({ id }) => id)).toEqual(['abc123', 'over123'])
  })
})

/** Every `<` in it opens or closes an element of the format, so that nothing of a text has become one. */
const elements = (xml: string) => new Set([...xml.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').matchAll(/<\/?([a-z:A-Z]+)/g)].map(([, name]) => name))

describe.each(['atom', 'rss'] as const)('as %s', (format) => {
  const hostile = told({ title: ']]></title><script>alert(1)</script>&', topic: ']]><b>', introduction: '</entry></item>' })
  const xml = writeFeed(format, newsFrom([hostile, over], new Map(), HERE, undefined), { ...options, path: `/feed.${format}` })

  test('nothing in a text becomes markup', () => {
    expect(xml).not.toContain('<script')
    expect(xml).not.toContain('<b>')
    const known = format === 'atom' ? ['feed', 'id', 'title', 'updated', 'author', 'name', 'link', 'subtitle', 'entry', 'content', 'published', 'rights'] : ['rss', 'channel', 'title', 'link', 'description', 'lastBuildDate', 'docs', 'language', 'atom:link', 'item', 'guid', 'pubDate', 'content:encoded']
    for (const name of elements(xml)) expect(known).toContain(name)
    expect(xml).toContain('某县&lt;访谈&gt;&amp;')
  })

  test('addresses are whole, and it names its own', () => {
    expect(xml).toContain(`${HERE}/feed.${format}`)
    expect(xml).toContain(`${HERE}/s/abc123`)
    expect(xml).not.toMatch(/href="\//)
  })

  test('says the same twice', () => {
    expect(writeFeed(format, newsFrom([hostile, over], new Map(), HERE, undefined), { ...options, path: `/feed.${format}` })).toBe(xml)
  })
})

test('the calendar marks what does not take place, and says where the rest does', () => {
  const ics = writeCalendar([told({ phase: 'cancelled' }), told({ id: 'sym123', title: '座谈；会,一', attendance: { version: 1, venue: '县政府礼堂', seats: 0, quotas: [], applyUntil: null, hallCode: '' } })], '某县访谈', HERE)
  expect(ics).toContain('STATUS:CANCELLED')
  expect(ics).toContain('SUMMARY:【已取消】矿山复绿')
  expect(ics).toContain('LOCATION:县政府礼堂')
  expect(ics).toContain('SUMMARY:座谈；会\\,一')
  expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(2)
})

test('however many readers come at once, and however long the introductions are, it is made once', async () => {
  let [time, looks] = [NOW, 0]
  const long = told({ introduction: '长'.repeat(5_000) })
  const service = createFeedService({
    sessions: async () => [long],
    answered: async () => new Map(),
    site: async () => ({ ...DEFAULT_SITE.branding, get name() { looks++; return '某县' }, url: HERE, privacy: null, identity: { phone: false, providers: [] } }),
    publicUrl: HERE,
    now: () => time,
  })
  const [calendar, ...others] = await Promise.all(Array.from({ length: 20 }, () => service.calendar(undefined)))
  expect(new Set(others)).toEqual(new Set([calendar]))
  expect(calendar!.length).toBeLessThan(2_000)
  await Promise.all(Array.from({ length: 20 }, () => service.feed('atom', undefined)))
  expect(looks).toBe(2)
  time += 10 * 60_000
  await service.calendar(undefined)
  expect(looks).toBe(3)
})
