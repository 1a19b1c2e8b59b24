import type { Grant, LinkUse, PlatformRole, SignInLink } from '../../shared/accounts.ts'
import type { SiteSettings } from '../../shared/site.ts'

/** A grant as kept, with what decides whether it counts. `account`: of the one that it was given to. */
export type Standing = { grant: Grant; expiresAt: string | null; account: { role: PlatformRole; disabled: boolean; secondFactor: boolean } | null }
/** A grant that is held by whoever opens its link. `holder`: the person who opened it last; for a guest's, the only one. */
export type StoredLink = Grant & { generation: number; expiresAt: string | null; holder: string | null; heldAt: string | null; device: string | null; revokedAt: string | null }

type SecondFactorRule = SiteSettings['security']['secondFactor']
const ADMINISTRATORS: readonly PlatformRole[] = ['admin', 'supervisor']

const DAY = 24 * 3_600_000
/** A link serves for so long after the planned end. */
const LINK_SERVES = 7 * DAY

/** Whether an account in this role counts only with a second factor. */
export function needsSecondFactor(role: PlatformRole, rule: SecondFactorRule): boolean {
  return rule === 'everybody' || (rule === 'administrators' && ADMINISTRATORS.includes(role))
}

/** Whether what somebody holds counts at `at`: not past its time, and its account neither disabled nor short of a second factor. */
export function counts({ expiresAt, account }: Standing, at: string, rule: SecondFactorRule): boolean {
  if (expiresAt !== null && expiresAt <= at) return false
  return !account || (!account.disabled && (account.secondFactor || !needsSecondFactor(account.role, rule)))
}

/** What a link's token signs. */
export const linkClaim = (link: { id: string; generation: number }) => `${link.id}.${link.generation}`

/** The other way. Links made before they could be renewed name no generation: it is the first. */
export function readClaim(claim: string): { id: string; generation: number } | null {
  const [id = '', generation = '1', ...more] = claim.split('.')
  return more.length === 0 && /^[1-9]\d{0,8}$/.test(generation) ? { id, generation: Number(generation) } : null
}

/** Until when a session's links serve, UTC: a week after its planned end, and a week from now at least. */
export function linkExpiry({ startsAt, plannedMinutes }: { startsAt: string; plannedMinutes: number }, now: string): string {
  return new Date(Math.max(Date.parse(startsAt) + plannedMinutes * 60_000, Date.parse(now)) + LINK_SERVES).toISOString()
}

/** Until when a link serves after its session was moved: longer perhaps, never shorter, and what is past stays past. */
export function movedExpiry(link: { expiresAt: string | null }, session: { startsAt: string; plannedMinutes: number }, now: string): string | null {
  if (link.expiresAt === null || link.expiresAt <= now) return link.expiresAt
  const due = linkExpiry(session, now)
  return due > link.expiresAt ? due : link.expiresAt
}

/** Where somebody who opened a link wants to be. */
export function landing(grant: Pick<Grant, 'sessionId' | 'role'>): string {
  if (grant.sessionId === null) return '/'
  switch (grant.role) {
    case 'host':
    case 'moderator':
    case 'director':
    case 'supervisor':
      return `/s/${grant.sessionId}/desk`
    case 'guest':
      return `/s/${grant.sessionId}/stage`
    case 'recorder':
      return `/s/${grant.sessionId}/records`
    case 'helper':
      return `/s/${grant.sessionId}/hall`
    case 'representative':
      return `/s/${grant.sessionId}/invitation`
    case 'admin':
    case 'officer':
    case 'staff':
    case 'participant':
      return `/s/${grant.sessionId}`
  }
}

/** Of guests' revoked links, the newest first: those of `guests` who have no other now, the last of each. */
export function withoutLink(guests: readonly { id: string }[], links: readonly StoredLink[], revoked: readonly StoredLink[]): StoredLink[] {
  return guests.flatMap(({ id }) => (links.some(({ guestId }) => guestId === id) ? [] : revoked.filter(({ guestId }) => guestId === id).slice(0, 1)))
}

/** A link as hosts see it. `uses`: newest first. */
export function linkView(link: StoredLink, url: string, uses: LinkUse[], at: string): SignInLink {
  const { id, role, guestId, name, expiresAt, holder, heldAt, device, revokedAt } = link
  return { id, role, guestId, name, url, expiresAt, expired: expiresAt !== null && expiresAt <= at, revoked: revokedAt !== null, holder: holder !== null && heldAt !== null ? { device: device ?? '', at: heldAt } : null, uses }
}
