import type { Agenda } from '../../shared/agenda.ts'
import type { Floor, HandState, OwnHand, PublicHand } from '../../shared/floor.ts'
import { itemStanding, plannedStarts } from '../../shared/rules/agenda.ts'
import { queueOf } from '../../shared/rules/floor.ts'
import { isCalled, isRaised } from '../../shared/rules/handLifecycle.ts'
import type { Phase } from '../../shared/sessions.ts'

/** The hands of a session, sorted by what becomes of them. */
export type FloorView = {
  /** Who has the floor, in the order in which they were given it. */
  speaking: PublicHand[]
  /** Called, and not yet speaking, the longest first. */
  called: PublicHand[]
  /** Who waits, the next one first. */
  queue: PublicHand[]
  /** Who had it, the last one first. */
  spoke: PublicHand[]
}

const by = (time: (hand: PublicHand) => string | null) => (a: PublicHand, b: PublicHand) => (time(a) ?? '').localeCompare(time(b) ?? '') || a.number - b.number

/** @param tableId only the queue of one table; left out: the whole queue */
export function floorView(hands: Iterable<PublicHand>, tableId?: string): FloorView {
  const all = [...hands]
  return {
    speaking: all.filter(({ state }) => state === 'speaking').sort(by(({ startedAt }) => startedAt)),
    called: all.filter(({ state }) => isCalled(state)).sort(by(({ calledAt }) => calledAt)),
    queue: queueOf(all, tableId),
    spoke: all.filter(({ state }) => state === 'spoke').sort(by(({ endedAt }) => endedAt)).reverse(),
  }
}

/** How many are called before this hand; null when it does not wait. */
export function waitingBefore(queue: readonly { id: string }[], id: string): number | null {
  const place = queue.findIndex((hand) => hand.id === id)
  return place < 0 ? null : place
}

/** `left` in milliseconds; negative: over the time by so much. */
export type SpeakingTime = { left: number; limit: number; over: boolean; /** Little is left. */ near: boolean }

const NEAR_MS = 30_000

/** How somebody who has the floor stands against their time at `now` (milliseconds since 1970); null when they do not have it. */
export function speakingTime({ state, startedAt, seconds }: Pick<PublicHand, 'state' | 'startedAt' | 'seconds'>, now: number): SpeakingTime | null {
  if (state !== 'speaking' || startedAt === null) return null
  const limit = seconds * 1_000
  const left = Date.parse(startedAt) + limit - now
  return { left, limit, over: left < 0, near: left >= 0 && left <= Math.min(NEAR_MS, limit / 4) }
}

/** Why no hand can be raised now: `later` it will be possible, `shut` not at this moment, `cut` everything is, `over` it was, `cancelled` the session does not take place; null when it can. */
export type FloorClosed = 'later' | 'shut' | 'cut' | 'over' | 'cancelled' | null

/** @param cut whether everything was cut off at once */
export function floorClosed({ open }: Pick<Floor, 'open'>, phase: Phase, cut: boolean): FloorClosed {
  if (phase === 'ended' || phase === 'archived') return 'over'
  if (phase === 'cancelled') return 'cancelled'
  if (phase === 'announced' || phase === 'backstage') return 'later'
  if (cut) return 'cut'
  return open ? null : 'shut'
}

/** When hands are to be raised by the plan (ISO 8601): when the first open floor that is yet to come begins. null: the agenda has none, or it is past that time. */
export function opensAt(agenda: Agenda, startsAt: string, now: number): string | null {
  const item = agenda.items.find(({ id, kind }) => kind === 'open_floor' && itemStanding(agenda, id) === 'ahead')
  const at = item && plannedStarts(agenda, startsAt).get(item.id)
  return at === undefined || at <= now ? null : new Date(at).toISOString()
}

/** What this person's own hand asks of this page. */
export type OwnStep =
  | { step: 'none' }
  | { step: Exclude<HandState, 'spoke' | 'lowered'>; hand: PublicHand; version: number }
  | { step: 'spoke' | 'lowered'; reason: string | null }

/** The newer of the two is what counts: what the person is told and what everybody is told may come one after the other. */
export function ownStep(own: OwnHand | null, hands: ReadonlyMap<string, PublicHand>): OwnStep {
  if (!own) return { step: 'none' }
  const hand = hands.get(own.id)
  const state = hand && hand.version > own.version ? hand.state : own.state
  if (state === 'spoke' || state === 'lowered') return { step: state, reason: own.reason }
  return hand && isRaised(state) ? { step: state, hand: { ...hand, state }, version: Math.max(hand.version, own.version) } : { step: 'none' }
}

/** Whether this person has a hand up, and so cannot raise another. */
export const hasHandUp = ({ step }: OwnStep): boolean => step !== 'none' && isRaised(step)
