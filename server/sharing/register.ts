import type { Core } from '../core.ts'
import { createFeedService } from '../feeds/service.ts'
import { createSessionPictures } from './picture.ts'
import { createSharingService } from './service.ts'

/** What other sites and programs are told. */
export function registerSharing({ core, publicUrl, now }: { core: Core; publicUrl: string; now: () => number }) {
  const { sessions, pictures } = core.stores
  const site = () => core.site.view()
  const drawn = createSessionPictures({ emblem: async (id) => (await pictures.byId(id))?.bytes ?? null })
  return {
    /** Whether this machine can write Chinese into pictures. */
    fonts: drawn.words,
    sharing: createSharingService({ session: core.sessions.get, site, pictures: drawn, publicUrl, now }),
    feeds: createFeedService({ sessions: sessions.all, answered: sessions.answeredCounts, site, publicUrl, now }),
  }
}
