import type { Guest } from '../../../shared/sessions.ts'
import type { SaveSpot, SpotKind, SpotRecord } from '../../../shared/spot.ts'

/** A record while it is being written. `guestId` null: somebody else, by name in `other`. */
export type SpotDraft = Pick<SaveSpot, 'id' | 'kind' | 'questionId' | 'handId' | 'guestId' | 'departmentId' | 'text' | 'dueOn'> & { other: string }

/** Who has most likely just spoken: the guest to whom the question was given, else who speaks now, else of whom something was recorded last, else the first. */
export function likelyGuest(guests: readonly Pick<Guest, 'id'>[], ...candidates: readonly (string | null | undefined)[]): string | null {
  return candidates.find((candidate) => guests.some(({ id }) => id === candidate)) ?? guests[0]?.id ?? null
}

/** `id` is made once for each record: sent again, it is recorded once. */
export const newDraft = (id: string, kind: SpotKind, about: Pick<SpotDraft, 'questionId' | 'handId'>, guestId: string | null): SpotDraft => ({ id, kind, ...about, guestId, departmentId: null, text: '', dueOn: null, other: '' })

/** A record as it is corrected. A guest who is not invited any more is somebody by name. */
export function draftOf({ id, kind, questionId, handId, guestId, who, departmentId, text, dueOn }: SpotRecord, guests: readonly Pick<Guest, 'id'>[]): SpotDraft {
  const invited = guests.some((guest) => guest.id === guestId)
  return { id, kind, questionId, handId, guestId: invited ? guestId : null, departmentId, text, dueOn, other: invited ? '' : who }
}

/** What is asked of the server. A guest's name is the server's knowledge; what stands here is only what was seen. */
export function saveRequest(sessionId: string, { other, ...draft }: SpotDraft, guests: readonly Pick<Guest, 'id' | 'name'>[], expectedVersion: number | null): SaveSpot {
  const guest = guests.find(({ id }) => id === draft.guestId)
  return { sessionId, expectedVersion, ...draft, text: draft.text.trim(), who: guest?.name ?? other.trim(), dueOn: draft.kind === 'answer' ? null : draft.dueOn }
}

/** Why it cannot be recorded yet. */
export function missing({ guestId, other, kind, dueOn }: SpotDraft): 'name' | 'date' | null {
  if (guestId === null && other.trim() === '') return 'name'
  return kind !== 'answer' && dueOn === null ? 'date' : null
}
