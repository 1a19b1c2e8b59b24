import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { sessionView } from '../sessions/rules.ts'
import { speakerKey } from './rules.ts'
import type { StoredHand } from './rules.ts'
import type { Listed } from './store.ts'

/** @throws RefusedError `wrong_state` for an interview, which has no floor */
export function requireSymposium(tx: SessionCommit): void {
  if (tx.session.kind !== 'symposium') throw new RefusedError('wrong_state')
}

/** Whether somebody can be given the floor now: also during a pause, for what comes after it, but not while everything is cut off. @throws RefusedError `wrong_state` */
export function requireRunning(tx: SessionCommit): void {
  const { phase, intake } = tx.session
  if ((phase !== 'live' && phase !== 'paused') || intake.cut) throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
}

/** Ids of hands are made by clients, and become seats on the stage: one that is a guest's or a host's would take theirs. @throws RefusedError `forbidden` */
export async function checkSeatId(tx: SessionCommit, id: string): Promise<void> {
  if (tx.session.guests.some((guest) => guest.id === id) || (await tx.hands.isGrant(id))) throw new RefusedError('forbidden')
}

/** @throws RefusedError `not_found` when the floor has no such table */
export function checkTable(tx: SessionCommit, tableId: string | null): void {
  if (tableId !== null && !tx.session.floor.tables.some(({ id }) => id === tableId)) throw new RefusedError('not_found')
}

/** @throws RefusedError `not_found` when it is not this person's question, or they took it back */
export async function checkOwnQuestion(tx: SessionCommit, personId: string, questionId: string | null): Promise<void> {
  if (questionId === null) return
  const question = await tx.questions.byId(questionId)
  if (question?.sessionId !== tx.session.id || question.personId !== personId || question.state === 'withdrawn') throw new RefusedError('not_found')
}

/** What the list of who attends says of a speaker: also of one who was refused a place or has none, but those represent nobody. */
export type Speaker = Pick<StoredHand, 'speaker' | 'personId' | 'attendeeId' | 'forum' | 'seat' | 'tableId'>

export function asListed(tx: SessionCommit, { id, state, forum, seat, tableId }: Listed, personId: string | null): Speaker {
  const belongs = state !== 'refused' && state !== 'cancelled'
  const table = tx.session.floor.tables.find((candidate) => candidate.id === tableId)?.id ?? null
  return { speaker: speakerKey({ attendeeId: id }), personId, attendeeId: id, forum: belongs ? forum : null, seat: belongs ? seat : '', tableId: belongs ? table : null }
}

/** Who this person is on the floor. */
export async function speakerOf(tx: SessionCommit, personId: string): Promise<Speaker> {
  const listed = await tx.hands.listedAs(tx.session.id, personId)
  return listed ? asListed(tx, listed, personId) : { speaker: speakerKey({ personId }), personId, attendeeId: null, forum: null, seat: '', tableId: null }
}
