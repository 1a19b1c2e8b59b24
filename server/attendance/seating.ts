import type { AssignSeats } from '../../shared/attendance.ts'

type Seated = { id: string; forumId: string | null; seat: string }
type Run = { row: number; from: number; length: number }

export const seatLabel = (row: number, seat: number): string => `${row}排${seat}座`

/** Free seats beside one another, in reading order. */
function freeRuns({ rows, perRow }: AssignSeats, taken: ReadonlySet<string>): Run[] {
  const runs: Run[] = []
  for (let row = 1; row <= rows; row++) {
    let run: Run | null = null
    for (let seat = 1; seat <= perRow; seat++) {
      if (taken.has(seatLabel(row, seat))) run = null
      else if (run) run.length++
      else runs.push((run = { row, from: seat, length: 1 }))
    }
  }
  return runs
}

/** By forum, the largest first, and residents on their own last: a large group finds its row while there is one. */
function groups(people: readonly Seated[]): Seated[][] {
  const byForum = Map.groupBy(people, ({ forumId }) => forumId)
  const alone = byForum.get(null) ?? []
  byForum.delete(null)
  const forums = [...byForum.values()].toSorted((a, b) => b.length - a.length || (a[0]?.forumId ?? '').localeCompare(b[0]?.forumId ?? ''))
  return alone.length > 0 ? [...forums, alone] : forums
}

/**
 * Seats for those who have none, each given once: members of a forum beside one another in one row where one has the room, otherwise in as few pieces as there are.
 * @param people all who have a place, in the order in which they come into question
 * @returns the new seats, by id; who finds none is missing
 */
export function assignSeats(people: readonly Seated[], scheme: AssignSeats): Map<string, string> {
  const seats = new Map<string, string>()
  const taken = new Set(people.map(({ seat }) => seat))
  for (const group of groups(people.filter(({ seat }) => seat === ''))) {
    const waiting = [...group]
    while (waiting.length > 0) {
      const runs = freeRuns(scheme, taken)
      const run = runs.find(({ length }) => length >= waiting.length) ?? runs.toSorted((a, b) => b.length - a.length)[0]
      if (!run) return seats
      for (const [index, { id }] of waiting.splice(0, run.length).entries()) {
        const seat = seatLabel(run.row, run.from + index)
        seats.set(id, seat)
        taken.add(seat)
      }
    }
  }
  return seats
}
