import type { LinkAlarm, Role, SignInLink } from '../../shared/accounts.ts'

const DAY = 86_400_000

/** Those who run the session first; guests stand in the session's order behind them, and whoever is no guest any more at the end. */
const RANK: Partial<Record<Role, number>> = { host: 0, moderator: 1, director: 2, recorder: 3, guest: 4 }

export function orderLinks(links: readonly SignInLink[], guestIds: readonly string[]): SignInLink[] {
  const rank = ({ role, guestId }: SignInLink) => {
    const place = guestId === null ? 0 : guestIds.indexOf(guestId)
    return (RANK[role] ?? 5) * 1_000 + (place === -1 ? 999 : place)
  }
  return links.toSorted((a, b) => rank(a) - rank(b))
}

/** `soon`: within a day. */
export type Validity = 'open' | 'until' | 'soon' | 'expired'

/** @param now milliseconds since 1970 */
export function validityOf({ expired, expiresAt }: Pick<SignInLink, 'expired' | 'expiresAt'>, now: number): Validity {
  if (expiresAt === null) return expired ? 'expired' : 'open'
  const left = Date.parse(expiresAt) - now
  if (expired || left <= 0) return 'expired'
  return left < DAY ? 'soon' : 'until'
}

/** Alarms of one link: the newest, and how many there were before it. */
export type AlarmGroup = { alarm: LinkAlarm; earlier: number }

/** One line for each link, the newest first. */
export function groupAlarms(alarms: readonly LinkAlarm[]): AlarmGroup[] {
  const groups = new Map<string, AlarmGroup>()
  for (const alarm of alarms.toSorted((a, b) => b.at.localeCompare(a.at))) {
    const group = groups.get(alarm.linkId)
    if (group) group.earlier++
    else groups.set(alarm.linkId, { alarm, earlier: 0 })
  }
  return [...groups.values()]
}
