import type { DeskHand, PublicHand } from '../../shared/floor.ts'

/** A raised hand to test with: it waits, since a minute per number. */
export const hand = (number: number, more: Partial<PublicHand> = {}): PublicHand => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  number,
  name: `居民${number}`,
  place: 'home',
  forum: null,
  topicId: null,
  tableId: null,
  questionId: null,
  state: 'waiting',
  turns: 0,
  about: null,
  raisedAt: `2026-11-22T00:0${number}:00.000Z`,
  calledAt: null,
  startedAt: null,
  endedAt: null,
  seconds: 120,
  camera: false,
  outOfTurn: null,
  version: 1,
  ...more,
})

export const deskHand = (number: number, more: Partial<DeskHand> = {}): DeskHand => ({ ...hand(number), givenName: `居民${number}`, givenAbout: '', asker: 'p1', held: [], seat: '', attendeeId: null, enteredBy: null, ...more })
