import { createHmac } from 'node:crypto'
import type { IceServer } from '../../shared/media.ts'

/** Longer than any session, shorter than a working week: a leaked credential soon ends. */
const CREDENTIAL_SECONDS = 12 * 3600

/**
 * STUN and TURN servers for one client. TURN credentials follow the TURN REST scheme that coturn calls `use-auth-secret`:
 * the name is the Unix time at which they end and a label, the password its HMAC-SHA1.
 * @param now milliseconds
 * @param label tells one client's relays from another's in the TURN server's log; must not be secret
 */
export function iceServers(config: { turnUrls: string[]; turnSecret: string | null }, now: number, label: string): IceServer[] {
  const open = config.turnUrls.filter((url) => url.startsWith('stun'))
  const relays = config.turnUrls.filter((url) => !url.startsWith('stun'))
  const servers: IceServer[] = open.length > 0 ? [{ urls: open }] : []
  if (relays.length === 0 || config.turnSecret === null) return servers
  const username = `${Math.floor(now / 1000) + CREDENTIAL_SECONDS}:${label}`
  return [...servers, { urls: relays, username, credential: createHmac('sha1', config.turnSecret).update(username).digest('base64') }]
}
