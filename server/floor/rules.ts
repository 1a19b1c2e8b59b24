import type { DeskHand, HandAct, OwnHand, PublicHand } from '../../shared/floor.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import type { HandStep } from '../../shared/rules/handLifecycle.ts'

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

/** What everybody may see. A name that is held back is shown once somebody of the desk has called it; of a hand that was lowered, no words at all. */
export function publicHand(hand: StoredHand): PublicHand {
  const { id, number, place, forum, topicId, tableId, questionId, state, turns, raisedAt, calledAt, startedAt, endedAt, seconds, camera, outOfTurn, version } = hand
  const called = calledAt !== null
  const gone = state === 'lowered'
  return {
    id,
    number,
    name: !gone && (called || hand.held.length === 0) ? hand.givenName : null,
    place,
    forum,
    topicId,
    tableId,
    questionId,
    state,
    turns,
    about: !gone && called && hand.givenAbout !== '' ? hand.givenAbout : null,
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
  const words = hand.state === 'lowered' ? { givenName: null, givenAbout: '' } : { givenName, givenAbout }
  return { ...publicHand(hand), ...words, asker, held, seat, attendeeId, enteredBy }
}

export const ownHand = ({ id, version, state, reason }: StoredHand): OwnHand => ({ id, version, state, reason })

/** Whether everybody was shown its name and words, and may go on reading them: it was called, and not lowered. */
const wasShown = ({ calledAt, state }: Pick<StoredHand, 'calledAt' | 'state'>): boolean => calledAt !== null && state !== 'lowered'

/** What stays of a hand once its person is forgotten: what everybody was shown, under `alias`. */
export function unnamedHand(hand: StoredHand, alias: { personId: string; author: string }): StoredHand {
  const words = wasShown(hand) ? {} : { givenName: null, givenAbout: '' }
  return { ...hand, ...words, personId: hand.personId && alias.personId, speaker: alias.personId, asker: alias.author, attendeeId: null, seat: '', held: [], reason: null }
}

/** Whose turns are counted together. Two people of one name in the hall are told apart by where they sit. */
export function speakerKey(who: { attendeeId: string } | { personId: string } | { name: string; seat: string }): string {
  if ('attendeeId' in who) return `attendee:${who.attendeeId}`
  if ('personId' in who) return `person:${who.personId}`
  return `name:${who.name.toLowerCase()}|${who.seat.toLowerCase()}`
}

/**
 * The hand after `step`, taken by `act`.
 * @param outOfTurn why it is called before its turn, null when it is its turn; only of what calls it
 */
export function applyHandStep(hand: StoredHand, step: HandStep, act: HandAct, { now, outOfTurn }: { now: string; outOfTurn: string | null }): StoredHand {
  const next: StoredHand = { ...hand, state: step.to, version: hand.version + 1 }
  switch (act.action) {
    case 'invite':
      return { ...next, calledAt: now, outOfTurn }
    case 'start':
      return { ...next, calledAt: hand.calledAt ?? now, outOfTurn, startedAt: now, seconds: act.seconds, camera: hand.state === 'backstage' }
    case 'time':
      return { ...next, seconds: act.seconds }
    case 'finish':
      return { ...next, endedAt: now }
    case 'recall':
      return { ...next, calledAt: null, outOfTurn: null }
    case 'dismiss':
      return { ...next, reason: maskNumbers(act.reason) || null }
    case 'arrange':
      return { ...next, place: act.place, topicId: act.topicId, tableId: act.tableId }
    case 'accept':
    case 'ready':
    case 'lower':
      return next
  }
}

/** Whether what was read of the hand's words so far is not to be read any more: it was lowered, or went back to where they are hidden. */
export const silences = (act: HandAct['action']): boolean => act === 'lower' || act === 'dismiss' || act === 'recall'

/** The seat of somebody who has the floor on camera. An empty name: they gave none. */
export type FloorSeat = { seatId: string; role: 'resident'; name: string; post: string; department: string }

export function floorSeat(hand: StoredHand): FloorSeat {
  const { id, name, forum } = publicHand(hand)
  return { seatId: id, role: 'resident', name: name ?? '', post: forum?.name ?? '', department: '' }
}
