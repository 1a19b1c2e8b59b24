import { createHmac } from 'node:crypto'
import type { VoteFlag } from '../../shared/moderation.ts'

/**
 * When votes for one question look stuffed: many identities from one source within a sliding minute. Nothing is dropped for it; the host is told, and judges.
 * A device is an address together with what its browser calls itself. A family shares an address, a hall or a mobile network shares it by the hundred, with dozens of
 * phones of the same make among them; one machine that makes up identities is nearly alone on its address. So a few votes of one device count when they are half of
 * their address's; many count in any company. An address, for machines that change their browser's name, needs far more, and half of all votes of that minute.
 */
export const STUFFING = {
  windowMs: 60_000,
  device: { least: 8, shareOfAddress: 0.5, inAnyCompany: 40 },
  address: { least: 60, shareOfQuestion: 0.5 },
} as const

/** Stands where a flag named its source, once the digests of its session's votes are gone. No digest looks like it. */
export const NO_SOURCE = 'forgotten'

type SourceKind = VoteFlag['kind']
/** A flag as the server keeps it: `source` is the digest that its votes have in common. */
export type StoredFlag = VoteFlag & { sessionId: string; source: string }

/** Votes of one minute from one address; `devices` names those of its devices with many. Times are ISO 8601. */
export type Tally = { address: string; votes: number; firstAt: string; devices: { device: string; votes: number; firstAt: string }[] }
export type Hit = { kind: SourceKind; source: string; votes: number; firstAt: string }
export type Origin = { address: string; device: string }

/** What of an address stays the same for one line: the whole of IPv4, the first 64 bits of IPv6. */
export function network(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? []
  const groups = (part: string) => part.split(':').filter((group) => group !== '')
  const start = groups(head)
  const end = tail === undefined ? [] : groups(tail).flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : [group]))
  const all = [...start, ...Array.from({ length: Math.max(0, 8 - start.length - end.length) }, () => '0'), ...end]
  return all.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}

/** Keyed digests of where a vote came from: equal for equal sources of one session, and of no use to anybody without the secret or in another session. Empty where the address is not known. */
export function originOf(secret: string, sessionId: string, address: string, userAgent: string): Origin {
  if (address === '') return { address: '', device: '' }
  const digest = (...parts: string[]) => createHmac('sha256', secret).update(JSON.stringify(['vote', sessionId, ...parts])).digest('base64url').slice(0, 16)
  return { address: digest(network(address)), device: digest(network(address), userAgent) }
}

/** The start of the minute that ends at `at`, both ISO 8601. */
export const windowStart = (at: string): string => new Date(Date.parse(at) - STUFFING.windowMs).toISOString()

/** Whether there are enough votes from one address for its share of the question's to matter: before, `total` need not be counted. */
export const needsTotal = (tallies: readonly Tally[]): boolean => tallies.some(({ votes }) => votes >= STUFFING.address.least)

/** Sources that had too many votes in the window. `total`: all votes for the question in it. Votes of a device that is suspected are not held against its address as well. */
export function suspects(tallies: readonly Tally[], total: number): Hit[] {
  const { device, address } = STUFFING
  return tallies.flatMap((tally): Hit[] => {
    const found = tally.devices.filter(({ votes }) => votes >= device.inAnyCompany || (votes >= device.least && votes >= tally.votes * device.shareOfAddress))
    const rest = tally.votes - found.reduce((sum, { votes }) => sum + votes, 0)
    const hits = found.map(({ device: source, votes, firstAt }): Hit => ({ kind: 'device', source, votes, firstAt }))
    if (rest >= address.least && rest >= total * address.shareOfQuestion) hits.push({ kind: 'address', source: tally.address, votes: rest, firstAt: tally.firstAt })
    return hits
  })
}

const keyOf = (kind: SourceKind, source: string) => `${kind}:${source}`

/**
 * What the new votes of one commit make of their question's flags: those that are new or grew.
 * An open flag grows by every vote of its source that comes within a minute of its last, or with a new burst. Once its votes were set aside, any further vote of the
 * source opens another. Once it was dismissed, only a later burst that is at least as large does.
 * @param flags of the question, in the order in which they began
 * @param open makes a new flag
 */
export function growFlags(flags: readonly StoredFlag[], hits: readonly Hit[], fresh: readonly Origin[], at: string, open: (hit: Hit) => StoredFlag): StoredFlag[] {
  const latest = new Map(flags.map((flag) => [keyOf(flag.kind, flag.source), flag]))
  const struck = new Map(hits.map((hit) => [keyOf(hit.kind, hit.source), hit]))
  const counts = new Map<string, { kind: SourceKind; source: string; votes: number }>()
  for (const origin of fresh) {
    for (const kind of ['device', 'address'] as const) {
      const key = keyOf(kind, origin[kind])
      if (!latest.has(key) && !struck.has(key)) continue
      const counted = counts.get(key)
      if (counted) counted.votes++
      else counts.set(key, { kind, source: origin[kind], votes: 1 })
    }
  }
  return [...counts].flatMap(([key, { kind, source, votes }]): StoredFlag[] => {
    const flag = latest.get(key)
    const hit = struck.get(key)
    switch (flag?.state) {
      case undefined:
        return hit ? [open(hit)] : []
      case 'set_aside':
        return [open({ kind, source, votes, firstAt: at })]
      case 'dismissed':
        return hit && hit.firstAt > flag.lastAt && hit.votes >= flag.votes ? [open(hit)] : []
      case 'open':
        if (flag.lastAt >= windowStart(at)) return [{ ...flag, votes: flag.votes + votes, lastAt: at }]
        return hit ? [{ ...flag, votes: flag.votes + hit.votes, lastAt: at }] : []
    }
  })
}
