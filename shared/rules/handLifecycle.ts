import type { HandAction, HandState } from '../floor.ts'

/** Who may take a step: the person whose hand it is, who runs the floor (`floor.call`), or who keeps it in order (`floor.arrange`). */
export type HandHolder = 'self' | 'call' | 'arrange'
export type HandStep = { from: HandState; action: HandAction; to: HandState; by: readonly HandHolder[] }

const SELF = ['self'] as const
const CALL = ['call'] as const
const ARRANGE = ['arrange'] as const

/** The life of a raised hand, whole. What is not here is refused. */
export const HAND_STEPS: readonly HandStep[] = [
  { from: 'waiting', action: 'invite', to: 'invited', by: CALL },
  { from: 'waiting', action: 'start', to: 'speaking', by: CALL },
  { from: 'waiting', action: 'lower', to: 'lowered', by: SELF },
  { from: 'waiting', action: 'dismiss', to: 'lowered', by: ARRANGE },
  { from: 'waiting', action: 'arrange', to: 'waiting', by: ARRANGE },
  { from: 'invited', action: 'accept', to: 'checking', by: SELF },
  { from: 'invited', action: 'start', to: 'speaking', by: CALL },
  { from: 'invited', action: 'recall', to: 'waiting', by: CALL },
  { from: 'invited', action: 'lower', to: 'lowered', by: SELF },
  { from: 'invited', action: 'dismiss', to: 'lowered', by: ARRANGE },
  { from: 'checking', action: 'ready', to: 'backstage', by: SELF },
  { from: 'checking', action: 'start', to: 'speaking', by: CALL },
  { from: 'checking', action: 'recall', to: 'waiting', by: CALL },
  { from: 'checking', action: 'lower', to: 'lowered', by: SELF },
  { from: 'checking', action: 'dismiss', to: 'lowered', by: ARRANGE },
  { from: 'backstage', action: 'start', to: 'speaking', by: CALL },
  { from: 'backstage', action: 'recall', to: 'waiting', by: CALL },
  { from: 'backstage', action: 'lower', to: 'lowered', by: SELF },
  { from: 'backstage', action: 'dismiss', to: 'lowered', by: ARRANGE },
  { from: 'speaking', action: 'time', to: 'speaking', by: CALL },
  { from: 'speaking', action: 'finish', to: 'spoke', by: ['self', 'call'] },
]

export const HAND_ACTIONS = ['invite', 'accept', 'ready', 'start', 'time', 'finish', 'recall', 'lower', 'dismiss', 'arrange'] as const satisfies readonly HandAction[]

/** The step that `action` takes from `from`, or null when there is none. Whether somebody without a camera is where a microphone is: see {@link maySpeak}. */
export function handStep(from: HandState, action: HandAction): HandStep | null {
  return HAND_STEPS.find((step) => step.from === from && step.action === action) ?? null
}

/** Whether the hand can be given the floor now: ready on camera, or in the hall, where there is a microphone. */
export function maySpeak({ state, place }: { state: HandState; place: 'hall' | 'home' }): boolean {
  return state === 'backstage' || (place === 'hall' && handStep(state, 'start') !== null)
}

/** States in which the hand stands in the queue or has left it to speak: its person cannot raise another. */
export function isRaised(state: HandState): boolean {
  return state !== 'spoke' && state !== 'lowered'
}

/** States of somebody who was called and has not spoken yet. */
export function isCalled(state: HandState): boolean {
  return state === 'invited' || state === 'checking' || state === 'backstage'
}
