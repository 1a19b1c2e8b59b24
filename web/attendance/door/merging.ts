import type { CheckIn, DoorEntry, DoorList } from '../../../shared/attendance.ts'

/** Somebody on the list as this device knows them: the server's word, and what happened here since. */
export type DoorPerson = DoorEntry & { /** The server does not know of it yet. */ unsent: boolean }

const walkedIn = ({ attendeeId, walkIn }: CheckIn, forums: DoorList['forums']): DoorEntry => ({
  id: attendeeId,
  name: walkIn?.name ?? '',
  forum: forums.find(({ id }) => id === walkIn?.forumId)?.name ?? '',
  seat: '',
  table: '',
  state: 'accepted',
  proof: '',
  checkedInAt: null,
})

/** The list with what waits to be told, in the order in which it happened. Whoever is here already stays as of the first time. */
export function doorPeople({ entries, forums }: DoorList, unsent: readonly CheckIn[]): DoorPerson[] {
  const people = new Map<string, DoorPerson>(entries.map((entry) => [entry.id, { ...entry, unsent: false }]))
  const walkIns = new Set(unsent.filter(({ walkIn }) => walkIn !== null).map(({ attendeeId }) => attendeeId))
  for (const act of unsent) {
    const { attendeeId, undo, at } = act
    const person = people.get(attendeeId) ?? (act.walkIn ? { ...walkedIn(act, forums), unsent: true } : null)
    if (!person) continue
    // Who was written down by mistake is nobody who is missing.
    const state = !walkIns.has(attendeeId) ? person.state : undo ? 'cancelled' : 'accepted'
    people.set(attendeeId, { ...person, state, checkedInAt: undo ? null : (person.checkedInAt ?? at), unsent: true })
  }
  return [...people.values()]
}

/** come_in: has a place · already: is in · ask: on the list without a place that was promised · not_admitted: refused, or taken back. */
export type Verdict = 'come_in' | 'already' | 'ask' | 'not_admitted'

export function verdictOf({ state, checkedInAt }: Pick<DoorEntry, 'state' | 'checkedInAt'>): Verdict {
  if (checkedInAt !== null) return 'already'
  if (state === 'accepted') return 'come_in'
  return state === 'refused' || state === 'cancelled' ? 'not_admitted' : 'ask'
}

export type DoorFigures = { here: number; expected: number; missing: number }

/** `expected`: everybody with a place, and whoever came besides. */
export function doorFigures(people: readonly DoorEntry[]): DoorFigures {
  const here = people.filter(({ checkedInAt }) => checkedInAt !== null).length
  const missing = missingOf(people).length
  return { here, expected: here + missing, missing }
}

/** Who has a place and is not there, by name. */
export function missingOf<P extends DoorEntry>(people: readonly P[]): P[] {
  return people.filter(({ state, checkedInAt }) => state === 'accepted' && checkedInAt === null).toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
}

/** Somebody who was let in here, and whom another door had let in before: `at` is when. */
export type Conflict = { id: string; name: string; at: string }

/**
 * Of what was told (`sent`), that which another door had done before, by the server's answer.
 * @param ahead milliseconds that this device's clock is ahead of the server's: what was told is put right there, and comes back earlier
 */
export function conflictsOf({ entries }: Pick<DoorList, 'entries'>, sent: readonly CheckIn[], ahead = 0): Conflict[] {
  const undone = new Set(sent.filter(({ undo }) => undo).map(({ attendeeId }) => attendeeId))
  return sent.flatMap(({ id, attendeeId, at, undo }) => {
    const entry = entries.find((one) => one.id === attendeeId)
    const before = entry?.checkedInAt
    return entry && before && !undo && !undone.has(attendeeId) && Date.parse(at) - Date.parse(before) > Math.max(0, ahead) ? [{ id, name: entry.name, at: before }] : []
  })
}
