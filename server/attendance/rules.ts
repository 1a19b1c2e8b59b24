import { createHash } from 'node:crypto'
import type { Attendee, AttendanceSettings, AttendeeState, DoorEntry, OwnAttendance } from '../../shared/attendance.ts'
import type { Table } from '../../shared/floor.ts'
import type { ForumRef } from '../../shared/forums.ts'

/** Somebody on a session's list as the server keeps them. Whoever has neither `grantId` nor `personId` came to the door without being on it. */
export type StoredAttendee = Omit<Attendee, 'waitingNumber' | 'url' | 'reachable'> & {
  sessionId: string
  /** Encrypted; null: none was given. */
  phoneSealed: string | null
  /** Orders the waiting list. */
  waitingSince: string | null
  /** Of the link of somebody who was invited. */
  grantId: string | null
  /** Who applied by themselves. */
  personId: string | null
}

type Placed = Pick<StoredAttendee, 'id' | 'forumId' | 'state' | 'waitingSince' | 'createdAt'>
type Room = Pick<AttendanceSettings, 'seats' | 'quotas'>

/** Seats that a forum may fill; a forum without a quota is bound by the hall alone. */
const quotaOf = ({ quotas }: Room, forumId: string | null): number => quotas.find((quota) => quota.forumId === forumId)?.seats ?? Infinity

const countOf = (list: readonly Placed[], states: readonly AttendeeState[], forumId?: string | null) =>
  list.reduce((count, { state, forumId: from }) => (states.includes(state) && (forumId === undefined || from === forumId) ? count + 1 : count), 0)

/** Whether somebody of this forum (null: a resident on their own) would find a place now: in the hall, and among its forum's. */
export function hasPlace(list: readonly Placed[], room: Room, forumId: string | null): boolean {
  if (room.seats > 0 && countOf(list, ['accepted']) >= room.seats) return false
  return forumId === null || countOf(list, ['accepted'], forumId) < quotaOf(room, forumId)
}

/** How many more of a forum may be invited: those who were and did not decline hold a seat of its quota. */
export function invitable(list: readonly Placed[], room: Room, forumId: string | null): number {
  return forumId === null ? Infinity : Math.max(0, quotaOf(room, forumId) - countOf(list, ['invited', 'accepted'], forumId))
}

/** Those who wait, in the order in which they are given a place. */
export function waitingList<A extends Placed>(list: readonly A[]): A[] {
  return list
    .filter(({ state }) => state === 'waiting')
    .toSorted((a, b) => (a.waitingSince ?? '').localeCompare(b.waitingSince ?? '') || a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id))
}

/** Who of those waiting gets a place now: the first for whom there is one, and so on. Nobody who has a place loses it, however few there are by now. */
export function admitted<A extends Placed>(list: readonly A[], room: Room): A[] {
  const admitted: A[] = []
  // Counted once: with everything that changes a list of thousands, all who wait are gone through.
  let free = room.seats > 0 ? room.seats - countOf(list, ['accepted']) : Infinity
  const ofForum = new Map<string | null, number>()
  for (const attendee of waitingList(list)) {
    if (free <= 0) break
    const { forumId } = attendee
    const left = ofForum.get(forumId) ?? (forumId === null ? Infinity : quotaOf(room, forumId) - countOf(list, ['accepted'], forumId))
    ofForum.set(forumId, left)
    if (left <= 0) continue
    admitted.push(attendee)
    free--
    ofForum.set(forumId, left - 1)
  }
  return admitted
}

/** The step that a reply takes; null: nothing changes. `place`: there is one for them. A resident who said no and comes after all applies anew. */
export function replied({ state, personId }: Pick<StoredAttendee, 'state' | 'personId'>, coming: boolean, place: boolean): AttendeeState | null {
  if (!coming) return state === 'declined' ? null : 'declined'
  if (state !== 'invited' && state !== 'declined') return null
  return personId !== null ? 'applied' : place ? 'accepted' : 'waiting'
}

/** With the other state, and what goes with it. */
export function moved(attendee: StoredAttendee, state: AttendeeState, now: string): StoredAttendee {
  return {
    ...attendee,
    state,
    waitingSince: state === 'waiting' ? (attendee.waitingSince ?? now) : null,
    // A seat that nobody takes is free for the next.
    ...(state === 'accepted' ? {} : { seat: '' }),
    version: attendee.version + 1,
  }
}

type Report = { at: string; receivedAt: string; undo: boolean; by: string }

/**
 * Since when somebody is there, and by whose word, out of all that was reported of them: the first check-in that was not taken back after it. Whatever arrives in whatever order
 * comes to the same.
 */
export function presence(reports: readonly Report[]): { at: string; by: string } | null {
  let here: { at: string; by: string } | null = null
  const inOrder = reports.toSorted((a, b) => a.at.localeCompare(b.at) || a.receivedAt.localeCompare(b.receivedAt) || Number(a.undo) - Number(b.undo) || a.by.localeCompare(b.by))
  for (const { at, by, undo } of inOrder) here = undo ? null : (here ?? { at, by })
  return here
}

/** What stays of a line once its person is forgotten: that there was somebody, and whether they came. `personId`: in place of who applied. */
export function unnamedAttendee(attendee: StoredAttendee, personId: string): StoredAttendee {
  return { ...attendee, name: '', phoneSealed: null, phoneHint: '', note: '', reason: '', seat: '', personId: attendee.personId && personId, version: attendee.version + 1 }
}

/** Whether they came to the door without being on the list. */
const isWalkIn = ({ grantId, personId }: Pick<StoredAttendee, 'grantId' | 'personId'>): boolean => grantId === null && personId === null

/** Somebody who came without being on the list; whether they are there is for {@link presence} to say. */
export function walkedIn(id: string, sessionId: string, { name, forumId }: Pick<StoredAttendee, 'name' | 'forumId'>, now: string): StoredAttendee {
  const nothing = { phoneSealed: null, phoneHint: '', waitingSince: null, seat: '', tableId: null, note: '', reason: '', grantId: null, personId: null, repliedAt: null, remindedAt: null, checkedInAt: null, checkedInBy: null }
  return { ...nothing, id, sessionId, forumId, name, state: 'cancelled', createdAt: now, version: 1 }
}

/** With what the door says. Who was let in has a place, however many there are; a place that the county refused or took back stays so, and only says that they are there. */
export function arrived(attendee: StoredAttendee, here: { at: string; by: string } | null): StoredAttendee {
  if (attendee.checkedInAt === (here?.at ?? null) && attendee.checkedInBy === (here?.by ?? null)) return attendee
  const next = { ...attendee, checkedInAt: here?.at ?? null, checkedInBy: here?.by ?? null, version: attendee.version + 1 }
  if (isWalkIn(attendee)) return { ...next, state: here ? 'accepted' : 'cancelled' }
  if (!here || attendee.state === 'refused' || attendee.state === 'cancelled') return next
  return { ...next, state: 'accepted', waitingSince: null, repliedAt: attendee.repliedAt ?? here.at }
}

/** How far a door's clock may be ahead before it is put right, in milliseconds. */
const CLOCK_AHEAD = 3 * 60_000

/** What one device reported, as of our clock: one that is ahead has all its times moved back alike, so that their order stays. @param now UTC ISO 8601 */
export function onOurClock<R extends { at: string }>(reports: readonly R[], now: string): R[] {
  const ahead = Math.max(0, ...reports.map(({ at }) => Date.parse(at))) - Date.parse(now)
  return ahead <= CLOCK_AHEAD ? [...reports] : reports.map((report) => ({ ...report, at: new Date(Date.parse(report.at) - ahead).toISOString() }))
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 20

/** The code of one attendee's QR. @param digest hexadecimal, 20 bytes or more: keyed, so that nobody else can make one */
export const codeFrom = (digest: string): string => Array.from(Buffer.from(digest, 'hex').subarray(0, CODE_LENGTH), (byte) => CROCKFORD[byte & 31]).join('')

/** What a door device holds against a code: SHA-256, hexadecimal. It checks one without being able to make one. */
export const proofOf = (code: string): string => createHash('sha256').update(code).digest('hex')

const nameIn = (things: readonly { id: string; name: string }[], id: string | null): string => things.find((thing) => thing.id === id)?.name ?? ''

/** The office's view. `urlOf`: of a link that serves; `reachable`: ids of those whom a message reaches by itself. */
export function attendeeViews(list: readonly StoredAttendee[], urlOf: (grantId: string) => string | null, reachable: ReadonlySet<string>): Attendee[] {
  const places = new Map(waitingList(list).map(({ id }, index) => [id, index + 1]))
  return list.map(({ sessionId: _session, phoneSealed: _phone, waitingSince: _since, grantId, personId: _person, ...shown }) => ({
    ...shown,
    waitingNumber: places.get(shown.id) ?? null,
    url: grantId === null ? null : urlOf(grantId),
    reachable: reachable.has(shown.id),
  }))
}

/** What they see of themselves. `list`: the session's; `code`: theirs for the door. */
export function ownAttendance(attendee: StoredAttendee, list: readonly StoredAttendee[], forums: readonly ForumRef[], tables: readonly Table[], code: string): OwnAttendance {
  const { id, name, state, seat, reason, checkedInAt, repliedAt, version } = attendee
  const waitingNumber = waitingList(list).findIndex((waiting) => waiting.id === id) + 1
  return {
    id,
    name,
    state,
    waitingNumber: waitingNumber || null,
    seat,
    reason,
    checkedInAt,
    repliedAt,
    version,
    forum: nameIn(forums, attendee.forumId),
    table: nameIn(tables, attendee.tableId),
    code: state === 'accepted' ? code : null,
  }
}

/** What a door needs of one person. */
export function doorEntry({ id, name, forumId, seat, tableId, state, checkedInAt }: StoredAttendee, forums: readonly ForumRef[], tables: readonly Table[], code: string): DoorEntry {
  return { id, name, forum: nameIn(forums, forumId), seat, table: nameIn(tables, tableId), state, proof: proofOf(code), checkedInAt }
}
