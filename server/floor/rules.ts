import type { DeskHand, OwnHand, PublicHand } from '../../shared/floor.ts'

/** A raised hand as the server keeps it. */
export type StoredHand = Omit<DeskHand, 'name' | 'about'> & {
  sessionId: string
  /** Null: raised by somebody of the desk for a person without a device. */
  personId: string | null
  /** Whose turns are counted together. */
  speaker: string
  /** Why the desk took it down; the person is told. */
  reason: string | null
}

/** What everybody may see. A name that is held back is shown once somebody of the desk has called it. */
export function publicHand(hand: StoredHand): PublicHand {
  const { id, number, place, forum, topicId, tableId, questionId, state, turns, raisedAt, calledAt, startedAt, endedAt, seconds, camera, outOfTurn, version } = hand
  const called = calledAt !== null
  return {
    id,
    number,
    name: called || hand.held.length === 0 ? hand.givenName : null,
    place,
    forum,
    topicId,
    tableId,
    questionId,
    state,
    turns,
    about: called && hand.givenAbout !== '' ? hand.givenAbout : null,
    raisedAt,
    calledAt,
    startedAt,
    endedAt,
    seconds,
    camera,
    outOfTurn,
    version,
  }
}

export function deskHand(hand: StoredHand): DeskHand {
  const { givenName, givenAbout, asker, held, seat, attendeeId, enteredBy } = hand
  return { ...publicHand(hand), givenName, givenAbout, asker, held, seat, attendeeId, enteredBy }
}

export const ownHand = ({ id, version, state, reason }: StoredHand): OwnHand => ({ id, version, state, reason })
