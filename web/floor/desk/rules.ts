import type { DeskHand, HandAct, HandAction, PublicHand } from '../../../shared/floor.ts'
import { LIMITS } from '../../../shared/limits.ts'
import { isItsTurn } from '../../../shared/rules/floor.ts'
import { HAND_STEPS, isCalled, maySpeak } from '../../../shared/rules/handLifecycle.ts'
import { may } from '../../../shared/rules/permissions.ts'
import type { Actor } from '../../../shared/rules/permissions.ts'

/** A step as the desk takes it: what is missing is the hand and its version. */
export type HandDeed = HandAct extends infer A ? (A extends HandAct ? Omit<A, 'sessionId' | 'handId' | 'expectedVersion'> : never) : never

const HOLDERS = { call: 'floor.call', arrange: 'floor.arrange' } as const

/** What this colleague can do with a hand that stands in `state`, in the order of the lifecycle's table. */
export function deskActions({ state }: Pick<PublicHand, 'state'>, actor: Actor): HandAction[] {
  return HAND_STEPS.filter((step) => step.from === state && step.by.some((holder) => holder !== 'self' && may(actor, HOLDERS[holder]))).map(({ action }) => action)
}

/** How this hand is called now: asked on camera, or given the floor; null: it must get ready first, or is past that. */
export function callOf(hand: Pick<PublicHand, 'state' | 'place'>): 'invite' | 'start' | null {
  if (maySpeak(hand)) return 'start'
  return hand.state === 'waiting' ? 'invite' : null
}

/** Whether calling it takes a reason that everybody reads. */
export function needsReason(hands: readonly DeskHand[], hand: DeskHand): boolean {
  return hand.calledAt === null && !isItsTurn(hands, hand)
}

/** How many stand in the queue, and how many were called and must be looked after. */
export function waitingCount(hands: readonly Pick<PublicHand, 'state'>[]): number {
  return hands.filter(({ state }) => state === 'waiting' || isCalled(state)).length
}

export const SECONDS_STEP = 30
const SECONDS_MIN = 15

/** A speaker's time with `by` more seconds, counted from its beginning. Once it is over, more time counts from now on. */
export function adjustedSeconds({ seconds, startedAt }: Pick<PublicHand, 'seconds' | 'startedAt'>, by: number, now: number): number {
  const spent = startedAt === null ? 0 : Math.max(0, Math.ceil((now - Date.parse(startedAt)) / 1_000))
  const base = by > 0 ? Math.max(seconds, spent) : seconds
  return Math.min(LIMITS.floorSecondsMax, Math.max(SECONDS_MIN, base + by))
}
