import type { Oembed, OembedQuery } from '../../shared/embed.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SessionView } from '../../shared/sessions.ts'
import type { SiteView } from '../../shared/site.ts'
import type { SessionPictures } from './picture.ts'
import { PRODUCT, oembedOf, sessionHead, sessionIdOf, siteHead } from './rules.ts'
import type { PictureWidth } from './rules.ts'

/** A crowd opens the same page within a moment: it is read once for so long, in milliseconds. */
const REMEMBERED = 1_000
const SESSIONS = 200

export type SharingService = ReturnType<typeof createSharingService>

/** What other sites are told of a session. Everybody may know all of this. */
export function createSharingService(deps: { session: (id: string) => Promise<SessionView>; site: () => Promise<SiteView>; pictures: SessionPictures; publicUrl: string; now: () => number }) {
  const { session, site, pictures, publicUrl, now } = deps
  const heads = new Map<string, { head: Promise<string | null>; until: number }>()
  const nameOf = ({ name }: SiteView) => name || PRODUCT

  async function read(path: string): Promise<string | null> {
    const view = await site()
    const found = /^\/(s|embed)\/([a-z0-9]{6,20})$/i.exec(path)
    const picture = view.emblemId === null ? null : `${publicUrl}/api/pictures/${view.emblemId}`
    if (!found) return path === '/' ? siteHead(nameOf(view), publicUrl, picture) : null
    try {
      return sessionHead(await session(found[2] ?? ''), nameOf(view), publicUrl, found[1]?.toLowerCase() === 'embed')
    } catch (error) {
      if (error instanceof RefusedError && error.refusal.code === 'not_found') return null
      throw error
    }
  }

  return {
    /** What stands in the head of the page at `path`, as HTML; null for a page of which nothing is said. */
    head(path: string): Promise<string | null> {
      const known = heads.get(path)
      if (known && known.until > now()) return known.head
      if (heads.size >= SESSIONS) heads.clear()
      const head = read(path)
      heads.set(path, { head, until: now() + REMEMBERED })
      head.catch(() => heads.delete(path))
      return head
    },
    /** @throws RefusedError `not_found` for an address that is no session's here */
    async oembed({ url, maxwidth, maxheight }: OembedQuery): Promise<Oembed> {
      const id = sessionIdOf(url, publicUrl)
      if (id === null) throw new RefusedError('not_found')
      const [found, view] = await Promise.all([session(id), site()])
      return oembedOf(found, nameOf(view), publicUrl, { maxwidth, maxheight })
    },
    /** @throws RefusedError `not_found` */
    async picture(id: string, width: PictureWidth): Promise<{ png: Buffer; key: string }> {
      const [found, view] = await Promise.all([session(id), site()])
      return pictures.of(found, view, nameOf(view), width)
    },
  }
}
