import type { HandState } from '../../shared/floor.ts'
import { HAND_STEPS } from '../../shared/rules/handLifecycle.ts'

/** Where a hand stands now, as a refusal told it. */
export type Standing = { id: string; state: HandState; version: number }

const STATES: ReadonlySet<string> = new Set(HAND_STEPS.flatMap(({ from, to }) => [from, to]))
const isState = (value: unknown): value is HandState => typeof value === 'string' && STATES.has(value)

/** What `current` of a refusal says of the hand `id`; null when it is about something else. */
export function standingOf(current: unknown, id: string): Standing | null {
  if (typeof current !== 'object' || current === null) return null
  const { id: named, state, version }: Partial<Record<keyof Standing, unknown>> = current
  return named === id && isState(state) && typeof version === 'number' ? { id, state, version } : null
}
