import type { SessionKind } from '../../shared/sessions.ts'
import type { SiteView } from '../../shared/site.ts'
import { PRODUCT } from '../sharing/rules.ts'
import { inCalendar, newsFrom } from './rules.ts'
import type { Told } from './rules.ts'
import { writeCalendar, writeFeed } from './writing.ts'
import type { FeedFormat } from './writing.ts'

/** Readers come by the clock, all at once: what they read is read and made once for so long, in milliseconds. */
const REMEMBERED = 5_000
/** So long a calendar is given out while another might be made: it tells of days, and is the most work. */
const CALENDAR_REMEMBERED = 60_000

export type FeedText = { text: string; /** When what it tells last changed. */ changed: Date }
export type FeedService = ReturnType<typeof createFeedService>

/** What is new, and what is planned, for programs that look by themselves. Everybody may know it. */
export function createFeedService(deps: { sessions: () => Promise<Told[]>; answered: () => Promise<Map<string, number>>; site: () => Promise<SiteView>; publicUrl: string; now: () => number }) {
  const { sessions, answered, site, publicUrl, now } = deps
  let read: { known: Promise<[Told[], Map<string, number>, SiteView]>; until: number } | null = null

  /** What is made once for `lasting` milliseconds, of each of a few keys. */
  function madeOnce<T>(lasting: number) {
    const made = new Map<string, { text: Promise<T>; until: number }>()
    return (key: string, make: () => Promise<T>): Promise<T> => {
      const known = made.get(key)
      if (known && known.until > now()) return known.text
      const entry = { text: make(), until: now() + lasting }
      made.set(key, entry)
      entry.text.catch(() => made.get(key) === entry && made.delete(key))
      return entry.text
    }
  }
  const feeds = madeOnce<FeedText>(REMEMBERED)
  const calendars = madeOnce<string>(CALENDAR_REMEMBERED)

  function all() {
    if (!read || read.until <= now()) {
      const entry = { known: Promise.all([sessions(), answered(), site()]), until: now() + REMEMBERED }
      entry.known.catch(() => read === entry && (read = null))
      read = entry
    }
    return read.known
  }
  const query = (kind: SessionKind | undefined) => (kind ? `?kind=${kind}` : '')

  return {
    feed(format: FeedFormat, kind: SessionKind | undefined): Promise<FeedText> {
      return feeds(`${format}${query(kind)}`, async () => {
        const [told, counts, view] = await all()
        const news = newsFrom(told, counts, publicUrl, kind)
        const changed = new Date(news[0]?.at ?? 0)
        return { text: writeFeed(format, news, { site: view.name || PRODUCT, publicUrl, path: `/feed.${format}${query(kind)}`, since: changed }), changed }
      })
    },
    calendar(kind: SessionKind | undefined): Promise<string> {
      return calendars(query(kind), async () => {
        const [told, , view] = await all()
        return writeCalendar(inCalendar(told, kind, now()), view.name || PRODUCT, publicUrl)
      })
    },
  }
}
