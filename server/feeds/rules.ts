import { escapeMarkup, watchAddress } from '../../shared/rules/embedding.ts'
import type { SessionKind } from '../../shared/sessions.ts'
import type { StoredSession } from '../sessions/rules.ts'
import { KIND_WORDS, descriptionOf, whenText } from '../sharing/rules.ts'

/** Entries of a feed. */
const ENTRIES = 50
/** How long ago a session may have ended to stand in the calendar, in days. */
const RECENT_DAYS = 180
const DAY = 24 * 3_600_000

export type Told = Pick<StoredSession, 'id' | 'kind' | 'title' | 'topic' | 'introduction' | 'startsAt' | 'plannedMinutes' | 'phase' | 'version' | 'createdAt' | 'wentLiveAt' | 'endedAt' | 'announcement' | 'attendance' | 'guests' | 'questionCount'>

/** One piece of news: `at` in UTC, ISO 8601; `title` is plain text, `html` what it says. */
export type News = { id: string; at: string; title: string; link: string; html: string }

const paragraph = (text: string) => (text ? `<p>${escapeMarkup(text).replaceAll('\n', '<br />')}</p>` : '')

function facts(session: Told): string {
  const guests = session.guests.map(({ name, post }) => (post ? `${name}（${post}）` : name)).join('、')
  return [paragraph(descriptionOf({ ...session, topic: '', introduction: '' })), paragraph(session.topic), paragraph(guests && `嘉宾：${guests}`), paragraph(session.introduction)].join('')
}

/** What its words are is made of the few that are told. */
type Untold = Omit<News, 'html'> & { html: () => string }

/** What there is to tell of one session, in the order in which it happened. `answered`: questions. */
function newsOf(session: Told, answered: number, publicUrl: string): Untold[] {
  const link = watchAddress(publicUrl, session.id)
  const news = (what: string, at: string, word: string, html: () => string): Untold => ({ id: `${link}#${what}`, at, title: `${word}：${session.title}`, link, html: () => `${html()}<p><a href="${escapeMarkup(link)}">${escapeMarkup(link)}</a></p>` })
  const kind = KIND_WORDS[session.kind]
  const { announcement } = session
  const found = [news('announced', session.createdAt, `${kind}预告`, () => facts(session))]
  if (announcement) found.push(news(`notice-${announcement.at}`, announcement.at, '公告', () => paragraph(announcement.text)))
  if (session.wentLiveAt) found.push(news('live', session.wentLiveAt, `${kind}开始直播`, () => facts(session)))
  if (session.endedAt && session.phase === 'cancelled') found.push(news('cancelled', session.endedAt, '已取消', () => paragraph(`原定${whenText(session.startsAt)}开始。`)))
  else if (session.endedAt) found.push(news('ended', session.endedAt, `${kind}已结束`, () => paragraph(`收到提问 ${session.questionCount} 个，已答复 ${answered} 个。每个提问的去向见公开台账。`)))
  return found
}

/** The latest news of all sessions, newest first. */
export function newsFrom(sessions: readonly Told[], answered: ReadonlyMap<string, number>, publicUrl: string, kind: SessionKind | undefined): News[] {
  return sessions
    .filter((session) => kind === undefined || session.kind === kind)
    .flatMap((session) => newsOf(session, answered.get(session.id) ?? 0, publicUrl))
    .toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1))
    .slice(0, ENTRIES)
    .map((news) => ({ ...news, html: news.html() }))
}

/** Sessions that stand in the calendar: to come, on air, or over not long ago. */
export const inCalendar = (sessions: readonly Told[], kind: SessionKind | undefined, now: number): Told[] =>
  sessions.filter((session) => (kind === undefined || session.kind === kind) && (session.endedAt === null || Date.parse(session.endedAt) > now - RECENT_DAYS * DAY))
