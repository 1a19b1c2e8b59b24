import type { DeskQuestion, QuestionState } from '../../../shared/questions.ts'
import type { DeskAction } from './shortcuts.ts'

/** Why an action was refused, told as what is now true: `kind` names the sentence, `state` where the question stands now. */
export type StaleNotice = {
  kind: 'moved' | 'edited' | 'other_on_air' | 'off_air' | 'not_live' | 'gone' | 'changed'
  state: QuestionState | null
  /** Number of the question that is on air now, with `other_on_air`. */
  onAir: number | null
}

export type Attempt = {
  action: DeskAction
  /** The question as the person saw it when they acted. */
  seen: DeskQuestion
  /** With `air`: the one to be replaced, as they saw it. */
  replacing: string | null
}

/** @param current the question as it is now, null when it left the desk  @param asking the one on air now */
export function explainStale(attempt: Attempt, current: DeskQuestion | null, asking: DeskQuestion | null): StaleNotice {
  if (!current || current.state === 'withdrawn') return { kind: 'gone', state: current?.state ?? null, onAir: null }
  const now = { state: current.state, onAir: null }
  if (current.state !== attempt.seen.state) return { kind: 'moved', ...now }
  if (current.text !== attempt.seen.text) return { kind: 'edited', ...now }
  if (attempt.action === 'air' && (asking?.id ?? null) !== attempt.replacing) {
    return asking ? { kind: 'other_on_air', state: current.state, onAir: asking.number } : { kind: 'off_air', ...now }
  }
  return { kind: 'changed', ...now }
}

/** The newer of what the refusal carried and what the page knows: either may be ahead. Anything that is not this question is ignored. */
export function latestKnown(id: string, known: DeskQuestion | undefined, carried: unknown): DeskQuestion | null {
  if (!isQuestion(carried) || carried.id !== id) return known ?? null
  return known && known.version >= carried.version ? known : carried
}

/**
 * What is on air by now, for a refused `air`: the refusal carries that question (null when there is none) unless it was refused for the question itself.
 * @param known what the page shows there
 */
export function onAirNow(id: string, known: DeskQuestion | null, carried: unknown): DeskQuestion | null {
  if (carried === null) return null
  return isQuestion(carried) && carried.id !== id ? carried : known
}

/** Whether the refusal carried the session: then it was its phase that forbade the step. */
export function isAboutSession(carried: unknown): boolean {
  return typeof carried === 'object' && carried !== null && 'phase' in carried
}

function isQuestion(value: unknown): value is DeskQuestion {
  return typeof value === 'object' && value !== null && 'id' in value && 'version' in value && 'state' in value && 'text' in value && typeof value.version === 'number'
}
