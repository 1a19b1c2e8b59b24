import type { Attendee } from '../../shared/attendance.ts'

const numbers = new Intl.Collator('zh-CN', { numeric: true })

/** Who has a place, or has come: these have a card, and a line on the seat list. */
export const hasPlace = ({ state, checkedInAt }: Pick<Attendee, 'state' | 'checkedInAt'>) => state === 'accepted' || checkedInAt !== null

/** By seat, A2 before A10; who has none stands behind, by name. */
export function bySeat<A extends Pick<Attendee, 'seat' | 'name'>>(attendees: readonly A[]): A[] {
  return attendees.toSorted((a, b) => Number(a.seat === '') - Number(b.seat === '') || numbers.compare(a.seat, b.seat) || a.name.localeCompare(b.name, 'zh-CN'))
}
