import type { DoorPerson, Verdict } from './merging.ts'

/** What the door shows big after a scan or a press: somebody, or why there is nobody. `since`: they were in already, since then. */
export type DoorResult = { id: number; kind: Verdict | 'undone' | 'foreign' | 'other_session' | 'unknown'; personId: string | null; since: string | null }
export type ResultTone = 'good' | 'careful' | 'bad'

export function toneOf(kind: DoorResult['kind']): ResultTone {
  if (kind === 'come_in') return 'good'
  return kind === 'already' || kind === 'ask' || kind === 'undone' ? 'careful' : 'bad'
}

/** Of the present truth: somebody whose result stands there may have been let in elsewhere meanwhile. */
export const personOf = (people: readonly DoorPerson[], { personId }: Pick<DoorResult, 'personId'>): DoorPerson | null => people.find(({ id }) => id === personId) ?? null
