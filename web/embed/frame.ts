import type { Router } from 'vue-router'
import type { Me } from '../../shared/accounts.ts'
import type { EmbedIdentity } from '../../shared/embed.ts'
import { keepFrameToken } from '../net/credential.ts'
import { getJson, sendJson } from '../net/http.ts'
import { browserStorage } from '../ui/browserStorage.ts'
import { createFrameIdentity } from './identity.ts'
import { frameStorage } from './storage.ts'

export type Frame = {
  /** GET /api/me as whoever sits before this frame. */
  fetchMe: () => Promise<Me>
  storage: Storage
  /** Keeps the frame on its page. */
  hold: (router: Router) => void
}

/** What is different within another site's frame, before anything else is begun: no cookies, a storage of its own, and links lead out of it. */
export function openFrame(): Frame {
  const storage = frameStorage(browserStorage())
  // Whatever keeps something does so here: where the browser forbids storage to frames, the mere mention of the real one throws.
  Object.defineProperty(window, 'localStorage', { configurable: true, value: storage })
  const base = document.createElement('base')
  base.target = '_blank'
  document.head.append(base)
  return {
    storage,
    fetchMe: createFrameIdentity({ storage, issue: () => sendJson<EmbedIdentity>('POST', '/api/embed/identity', {}), fetchMe: () => getJson<Me>('/api/me'), keep: keepFrameToken }),
    hold(router) {
      // Other sites may show this page alone: any other one is opened beside them, where it is known whose it is.
      router.beforeEach((to, from) => {
        if (from.matched.length === 0 || to.path === from.path) return true
        window.open(to.fullPath, '_blank', 'noopener')
        return false
      })
    },
  }
}
