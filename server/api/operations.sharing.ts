import { embedIdentitySchema } from '../../shared/api/sharing.ts'
import { data } from './operation.ts'
import type { Operation } from './operation.ts'

/** How other sites show a session. The feeds lie outside of /api: /feed.atom, /feed.rss and /calendar.ics. */
export const SHARING_OPERATIONS: readonly Operation[] = [
  { method: 'post', path: '/api/embed/identity', tag: 'sharing', summary: 'Become somebody within a frame', description: 'Where browsers send no cookies of ours. The token is sent as `Authorization: Embed <token>`, over the socket as `auth.embed`; it stands for a resident without a name, and neither signs in, opens links nor proves who somebody is.', needs: null, answer: data(embedIdentitySchema), errors: [] },
]
