import { Feed } from 'feed'
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { escapeMarkup, watchAddress } from '../../shared/rules/embedding.ts'
import { PHASE_WORDS } from '../sharing/rules.ts'
import type { News, Told } from './rules.ts'

export type FeedFormat = 'atom' | 'rss'

/** `path`: where it lies, with its query. `since`: when it last changed, in case there is no news at all. */
export function writeFeed(format: FeedFormat, news: readonly News[], { site, publicUrl, path, since }: { site: string; publicUrl: string; path: string; since: Date }): string {
  const feed = new Feed({
    id: `${publicUrl}/`,
    // The library takes a title for text in RSS and for markup in Atom; where it is text, it escapes by itself.
    title: site,
    description: `${site}的预告、直播和结果`,
    link: `${publicUrl}/`,
    language: 'zh-CN',
    updated: since,
    generator: false,
    feedLinks: { [format]: `${publicUrl}${path}` },
    author: { name: site },
  })
  // Readers take titles for markup in both formats: an escaped one shows the same in all.
  for (const { id, at, title, link, html } of news) feed.addItem({ id, title: escapeMarkup(title), link, date: new Date(at), published: new Date(at), content: html })
  return format === 'atom' ? feed.atom1() : feed.rss2()
}

/** Characters of a text that a calendar's entry shows; the rest is on the page. Of hundreds of whole introductions, folding their lines alone would take seconds. */
const EXCERPT = 200
const excerpt = (text: string) => (text.length > EXCERPT ? `${text.slice(0, EXCERPT).toWellFormed()}…` : text)

export function writeCalendar(sessions: readonly Told[], site: string, publicUrl: string): string {
  const calendar = ical({ name: site, method: ICalCalendarMethod.PUBLISH, url: `${publicUrl}/`, ttl: 3_600, prodId: { company: 'Fangtan', product: 'Fangtan', language: 'ZH' } })
  for (const session of sessions) {
    const start = new Date(session.startsAt)
    const cancelled = session.phase === 'cancelled'
    const url = watchAddress(publicUrl, session.id)
    calendar.createEvent({
      id: `${session.id}@${new URL(publicUrl).hostname}`,
      start,
      end: new Date(start.getTime() + session.plannedMinutes * 60_000),
      stamp: new Date(session.createdAt),
      sequence: session.version,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      summary: cancelled ? `【${PHASE_WORDS.cancelled}】${session.title}` : session.title,
      description: [session.topic, excerpt(session.announcement?.text ?? ''), excerpt(session.introduction), url].filter(Boolean).join('\n\n'),
      ...(session.attendance.venue ? { location: session.attendance.venue } : {}),
      url,
    })
  }
  return calendar.toString()
}
