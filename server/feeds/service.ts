import type { SessionKind } from '../../shared/sessions.ts'
import type { SiteView } from '../../shared/site.ts'
import { PRODUCT } from '../sharing/rules.ts'
import { inCalendar, newsFrom } from './rules.ts'
import type { Told } from './rules.ts'
import { writeCalendar, writeFeed } from './writing.ts'
import type { FeedFormat } from './writing.ts'

/** Readers come by the clock, all at once: what they read is made once for so long, in milliseconds. */
const REMEMBERED = 5_000

export type FeedText = { text: string; /** When what it tells last changed. */ changed: Date }
export type FeedService = ReturnType<typeof createFeedService>

/** What is new, and what is planned, for programs that look by themselves. Everybody may know it. */
export function createFeedService(deps: { sessions: () => Promise<Told[]>; answered: () => Promise<Map<string, number>>; site: () => Promise<SiteView>; publicUrl: string; now: () => number }) {
  const { sessions, answered, site, publicUrl, now } = deps
  let read: { known: Promise<[Told[], Map<string, number>, SiteView]>; until: number } | null = null

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
    async feed(format: FeedFormat, kind: SessionKind | undefined): Promise<FeedText> {
      const [told, counts, view] = await all()
      const news = newsFrom(told, counts, publicUrl, kind)
      const changed = new Date(news[0]?.at ?? 0)
      return { text: writeFeed(format, news, { site: view.name || PRODUCT, publicUrl, path: `/feed.${format}${query(kind)}`, since: changed }), changed }
    },
    async calendar(kind: SessionKind | undefined): Promise<string> {
      const [told, , view] = await all()
      return writeCalendar(inCalendar(told, kind, now()), view.name || PRODUCT, publicUrl)
    },
  }
}
