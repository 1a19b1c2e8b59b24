import type { Oembed, OembedQuery } from '../../shared/embed.ts'
import { FRAME_HEIGHT, FRAME_WIDTH, embedFrame, escapeMarkup, watchAddress } from '../../shared/rules/embedding.ts'
import type { Phase, SessionKind, SessionView } from '../../shared/sessions.ts'

/** What is said of a session outside of its pages, in the site's own language. */
export const KIND_WORDS: Record<SessionKind, string> = { interview: '在线访谈', symposium: '网民座谈会' }
export const PHASE_WORDS: Record<Phase, string> = { announced: '预告', backstage: '即将开始', live: '直播中', paused: '直播暂停', ended: '已结束', archived: '回顾', cancelled: '已取消' }
export const PRODUCT = '访谈'

const TIME_ZONE = 'Asia/Shanghai'
const DATE = new Intl.DateTimeFormat('zh-CN', { timeZone: TIME_ZONE, year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' })
const TIME = new Intl.DateTimeFormat('zh-CN', { timeZone: TIME_ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
/** 2026年11月22日周日 09:30 */
export const whenText = (iso: string) => `${DATE.format(new Date(iso))} ${TIME.format(new Date(iso))}`

/** What is shown of a session elsewhere. */
export type Shared = Pick<SessionView, 'id' | 'kind' | 'title' | 'topic' | 'introduction' | 'startsAt' | 'phase' | 'version' | 'attendance'>

const DESCRIPTION_LENGTH = 160

/** One line: when and where it is, and what it is about. */
export function descriptionOf({ kind, phase, startsAt, topic, introduction, attendance }: Shared): string {
  const facts = [KIND_WORDS[kind], PHASE_WORDS[phase], whenText(startsAt), attendance.venue].filter(Boolean).join(' · ')
  const about = (topic || introduction).replace(/\s+/g, ' ').trim()
  const line = about ? `${facts}。${about}` : facts
  const characters = [...line]
  return characters.length > DESCRIPTION_LENGTH ? `${characters.slice(0, DESCRIPTION_LENGTH - 1).join('')}…` : line
}

/** Sizes in which the picture of a session is made, in pixels, largest first. */
export const PICTURE_WIDTHS = [1200, 600, 300] as const
export type PictureWidth = (typeof PICTURE_WIDTHS)[number]
const pictureHeight = (width: number) => Math.round((width * 630) / 1200)
/** The version in the address makes every cache ask for the new picture. */
const pictureAddress = (publicUrl: string, { id, version }: Pick<Shared, 'id' | 'version'>, width: PictureWidth) => `${publicUrl}/api/sessions/${id}/picture.png?v=${version}${width === 1200 ? '' : `&w=${width}`}`

/** The session that an address here leads to, by its watch page or its frame; null for any other. */
export function sessionIdOf(address: string, publicUrl: string): string | null {
  const url = new URL(address)
  if (url.origin !== new URL(publicUrl).origin) return null
  return /^\/(?:s|embed)\/([a-z0-9]{6,20})(?:\/|$)/.exec(url.pathname)?.[1] ?? null
}

/** See oembed.com. What is asked to be smaller is. */
export function oembedOf(session: Shared, site: string, publicUrl: string, { maxwidth = Infinity, maxheight = Infinity }: Pick<OembedQuery, 'maxwidth' | 'maxheight'>): Oembed {
  const [width, height] = [Math.min(FRAME_WIDTH, maxwidth), Math.min(FRAME_HEIGHT, maxheight)]
  const thumbnail = PICTURE_WIDTHS.find((size) => size <= maxwidth && pictureHeight(size) <= maxheight) ?? 300
  return {
    version: '1.0',
    type: 'rich',
    title: session.title,
    provider_name: site,
    provider_url: publicUrl,
    html: embedFrame(publicUrl, session.id, null, { title: session.title, width, height }),
    width,
    height,
    thumbnail_url: pictureAddress(publicUrl, session, thumbnail),
    thumbnail_width: thumbnail,
    thumbnail_height: pictureHeight(thumbnail),
    cache_age: 300,
  }
}

/** The same as XML. */
export function oembedXml(answer: Oembed): string {
  const fields = Object.entries(answer).map(([name, value]) => `  <${name}>${escapeMarkup(String(value))}</${name}>`)
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n${fields.join('\n')}\n</oembed>\n`
}

type Feed = { path: string; type: string; title: string }
const feedsOf = (site: string): Feed[] => [
  { path: '/feed.atom', type: 'application/atom+xml', title: `${site}（Atom）` },
  { path: '/feed.rss', type: 'application/rss+xml', title: `${site}（RSS）` },
  { path: '/calendar.ics', type: 'text/calendar', title: `${site}（日历）` },
]

const meta = (key: 'name' | 'property', name: string, content: string) => `<meta ${key}="${name}" content="${escapeMarkup(content)}" />`
const alternate = (publicUrl: string, { path, type, title }: Feed) => `<link rel="alternate" type="${type}" href="${escapeMarkup(publicUrl + path)}" title="${escapeMarkup(title)}" />`

/** What stands in the head of every page that others may show: the site, and where its news are. */
export function siteHead(site: string, publicUrl: string, picture: string | null): string {
  const description = `${site}：与网友面对面交流，每一个提问都有回执、有去向。`
  return [
    `<title>${escapeMarkup(site)}</title>`,
    meta('name', 'description', description),
    meta('property', 'og:title', site),
    meta('property', 'og:description', description),
    meta('property', 'og:type', 'website'),
    meta('property', 'og:url', `${publicUrl}/`),
    meta('property', 'og:site_name', site),
    meta('property', 'og:locale', 'zh_CN'),
    ...(picture ? [meta('property', 'og:image', picture)] : []),
    meta('name', 'twitter:card', 'summary'),
    ...feedsOf(site).map((feed) => alternate(publicUrl, feed)),
  ].join('\n    ')
}

/** The same of a session's page. `framed`: it is the one for frames, which search engines need not show. */
export function sessionHead(session: Shared, site: string, publicUrl: string, framed: boolean): string {
  const address = watchAddress(publicUrl, session.id)
  const description = descriptionOf(session)
  const oembed = (format: 'json' | 'xml') => `/api/oembed?url=${encodeURIComponent(address)}&format=${format}`
  return [
    `<title>${escapeMarkup(`${session.title} · ${site}`)}</title>`,
    meta('name', 'description', description),
    ...(framed ? [meta('name', 'robots', 'noindex')] : []),
    `<link rel="canonical" href="${escapeMarkup(address)}" />`,
    meta('property', 'og:title', session.title),
    meta('property', 'og:description', description),
    meta('property', 'og:type', 'article'),
    meta('property', 'og:url', address),
    meta('property', 'og:site_name', site),
    meta('property', 'og:locale', 'zh_CN'),
    meta('property', 'og:image', pictureAddress(publicUrl, session, 1200)),
    meta('property', 'og:image:type', 'image/png'),
    meta('property', 'og:image:width', '1200'),
    meta('property', 'og:image:height', String(pictureHeight(1200))),
    meta('property', 'og:image:alt', session.title),
    meta('name', 'twitter:card', 'summary_large_image'),
    alternate(publicUrl, { path: oembed('json'), type: 'application/json+oembed', title: session.title }),
    alternate(publicUrl, { path: oembed('xml'), type: 'text/xml+oembed', title: session.title }),
    ...feedsOf(site).map((feed) => alternate(publicUrl, feed)),
  ].join('\n    ')
}
