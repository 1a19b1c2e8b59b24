import type { Forum } from '../../shared/forums.ts'

const SCHEME = /^Embed +(\S+)$/i

/** The embed token of an `Authorization` header. A header of another scheme (a proxy's password, say) is none of ours: null. One of this scheme without a token gives ''. */
export function embedTokenOf(authorization: string | undefined): string | null {
  if (authorization === undefined || !/^Embed( |$)/i.test(authorization)) return null
  return SCHEME.exec(authorization)?.[1] ?? ''
}

/** What somebody in another site's page may change: what a resident needs to ask. Whoever signs in, opens links, proves who they are or applies does it on our own pages. */
const WITHIN_FRAMES = new Set(['PUT /api/me/consent', 'POST /api/pictures'])
const NEVER_WITHIN_FRAMES = /^\/api\/me\/oidc(\/|$)/i

/** Whether a request over HTTP may be made by the token of a frame. Over the socket, the permissions of a participant decide. */
export function mayFromFrame(method: string, path: string): boolean {
  if (method === 'GET' || method === 'HEAD') return !NEVER_WITHIN_FRAMES.test(path)
  return WITHIN_FRAMES.has(`${method} ${path}`)
}

/** What a policy may name without being cut open by it. */
const PLAIN_ORIGIN = /^https?:\/\/(?:[a-z0-9_.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/

/** Whose pages may show the widget: those of the forum with this `code`, or of all when none has it. Archived forums show nothing. */
export function frameOrigins(forums: readonly Pick<Forum, 'code' | 'origins' | 'archived'>[], code: string | null): string[] {
  const named = code === null ? undefined : forums.find((forum) => forum.code === code)
  const chosen = named ? [named] : forums
  const origins = chosen.filter(({ archived }) => !archived).flatMap((forum) => forum.origins)
  return [...new Set(origins.map((origin) => origin.toLowerCase()).filter((origin) => PLAIN_ORIGIN.test(origin)))]
}
