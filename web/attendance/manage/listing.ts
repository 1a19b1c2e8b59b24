import type { Attendee, AttendanceList, AttendeeState, SetAttendance } from '../../../shared/attendance.ts'
import type { PublicForum } from '../../../shared/forums.ts'

/** In this order they stand in a forum's list: who must be decided on, who comes, who has not said, who will not. */
export const STATES: readonly AttendeeState[] = ['applied', 'waiting', 'accepted', 'invited', 'declined', 'refused', 'cancelled']

export type ListFilter = { state: AttendeeState | 'here' | null; forumId: string | null; search: string }
export const EVERYBODY: ListFilter = { state: null, forumId: null, search: '' }
/** In the place of a forum's id: residents who come on their own. */
export const ON_THEIR_OWN = 'none'

const fold = (text: string) => text.toLowerCase().replace(/\s+/g, '')

/** Those that the filter lets through: search looks at names, seats, notes and the last digits of numbers. */
export function filtered(attendees: readonly Attendee[], { state, forumId, search }: ListFilter): Attendee[] {
  const wanted = fold(search)
  return attendees.filter((attendee) => {
    if (state === 'here' ? attendee.checkedInAt === null : state !== null && attendee.state !== state) return false
    if (forumId !== null && (attendee.forumId ?? ON_THEIR_OWN) !== forumId) return false
    return wanted === '' || [attendee.name, attendee.seat, attendee.note, attendee.phoneHint].some((text) => fold(text).includes(wanted))
  })
}

/** `quota`: null when the forum has none. */
export type ForumGroup = { forumId: string | null; name: string; attendees: Attendee[]; taken: number; quota: number | null }

/** Whether somebody counts against the seats of their forum: asked, or coming. */
const takesSeat = ({ state }: Pick<Attendee, 'state'>) => state === 'invited' || state === 'accepted'

function inOrder(a: Attendee, b: Attendee): number {
  return STATES.indexOf(a.state) - STATES.indexOf(b.state) || (a.waitingNumber ?? 0) - (b.waitingNumber ?? 0) || a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id)
}

/**
 * The list by forum, residents on their own last. A forum without anybody that `attendees` shows is left out.
 * @param list all of it, for the figures
 * @param name what a forum is called; those that are not used any more too
 */
export function groups(list: AttendanceList, attendees: readonly Attendee[], name: (forumId: string | null) => string): ForumGroup[] {
  const byForum = Map.groupBy(attendees, ({ forumId }) => forumId)
  return [...byForum]
    .map(([forumId, some]) => ({
      forumId,
      name: name(forumId),
      attendees: some.toSorted(inOrder),
      taken: takenOf(list, forumId),
      quota: list.settings.quotas.find((quota) => quota.forumId === forumId)?.seats ?? null,
    }))
    .toSorted((a, b) => Number(a.forumId === null) - Number(b.forumId === null) || a.name.localeCompare(b.name, 'zh-CN'))
}

/** Seats of a forum that are asked for or taken. */
export function takenOf({ attendees }: Pick<AttendanceList, 'attendees'>, forumId: string | null): number {
  return attendees.filter((attendee) => attendee.forumId === forumId && takesSeat(attendee)).length
}

/** Seats that a forum may still fill; null: nobody counts. */
export function leftOf(list: AttendanceList, forumId: string | null): number | null {
  const quota = list.settings.quotas.find((one) => one.forumId === forumId)
  return quota ? Math.max(0, quota.seats - takenOf(list, forumId)) : null
}

export type QuotaRow = { forumId: string; name: string; seats: number | null; taken: number }

/** A line for each forum that may be invited, and for those that have seats or people here all the same. */
export function quotaRows(list: AttendanceList, forums: readonly PublicForum[], name: (forumId: string | null) => string): QuotaRow[] {
  const ids = new Set([...forums.map(({ id }) => id), ...list.settings.quotas.map(({ forumId }) => forumId), ...list.attendees.flatMap(({ forumId }) => (forumId === null ? [] : [forumId]))])
  return [...ids].map((forumId) => ({ forumId, name: name(forumId), seats: list.settings.quotas.find((quota) => quota.forumId === forumId)?.seats ?? null, taken: takenOf(list, forumId) }))
}

/** What of the rows is kept: a forum without a number has no limit. */
export const quotasOf = (rows: readonly Pick<QuotaRow, 'forumId' | 'seats'>[]): SetAttendance['quotas'] => rows.flatMap(({ forumId, seats }) => (seats === null ? [] : [{ forumId, seats }]))
