import type { DoorEntry } from '../../../shared/attendance.ts'

/** What a camera read at the door: a code of this session, one of another session, or something else. */
export type Scanned = { kind: 'code'; code: string } | { kind: 'other_session' } | { kind: 'foreign' }

/** Reads what {@link checkInText} wrote. */
export function readScanned(text: string, sessionId: string): Scanned {
  const [scheme, session, code, more] = text.trim().split(':')
  if (scheme !== 'fangtan' || !session || !code || more !== undefined) return { kind: 'foreign' }
  return session === sessionId ? { kind: 'code', code } : { kind: 'other_session' }
}

/** Whose code this is. `proof` is SHA-256 of it in hex; empty proofs (walk-ins) are nobody's. */
export function byProof<P extends Pick<DoorEntry, 'proof'>>(people: readonly P[], proof: string): P | null {
  return people.find((person) => person.proof !== '' && person.proof === proof) ?? null
}

const fold = (text: string) => text.toLowerCase().replace(/\s+/g, '')

/** Those whose name, seat or forum holds what was typed: names that begin with it first, and who is not in yet before who is. */
export function searched<P extends Pick<DoorEntry, 'name' | 'seat' | 'forum' | 'checkedInAt'>>(people: readonly P[], typed: string, most: number): P[] {
  const wanted = fold(typed)
  if (wanted === '') return []
  const rank = ({ name, seat, forum }: P) => (fold(name).startsWith(wanted) || fold(seat) === wanted ? 0 : fold(name).includes(wanted) ? 1 : fold(seat).startsWith(wanted) ? 2 : fold(forum).includes(wanted) ? 3 : 4)
  return people
    .filter((person) => rank(person) < 4)
    .toSorted((a, b) => rank(a) - rank(b) || Number(a.checkedInAt !== null) - Number(b.checkedInAt !== null) || a.name.localeCompare(b.name, 'zh-CN'))
    .slice(0, most)
}

/** SHA-256 in hex. Only there where cameras are, too: on HTTPS and on this machine itself. */
export async function proofOf(code: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
