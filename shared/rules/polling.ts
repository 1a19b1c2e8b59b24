import type { PollKind, PollOption } from '../polls.ts'
import type { Phase, SessionSettings } from '../sessions.ts'
import { LIMITS } from '../limits.ts'
import { maskNumbers } from './masking.ts'
import { lateUntil } from './sessionLifecycle.ts'
import { cleanLine, countCharacters } from './text.ts'

export const RATINGS = ['1', '2', '3', '4', '5'] as const

/** What is wrong with a choice: names of issues, see protocol/errors.ts. */
export type ChoiceProblem = 'too_short' | 'too_long' | 'too_many' | 'invalid_value'

/** Whether polls may be open and answered at `now` (milliseconds since 1970): before and during the session, and while late questions are taken. */
export function takesPolls(session: { phase: Phase; endedAt: string | null; settings: Pick<SessionSettings, 'lateMinutes'> }, now: number): boolean {
  switch (session.phase) {
    case 'announced':
    case 'backstage':
    case 'live':
    case 'paused':
      return true
    case 'ended':
      return now < (lateUntil(session) ?? 0)
    case 'archived':
    case 'cancelled':
      return false
  }
}

// Outer signs and spaces, but not the signs of a name such as C++ or 24%.
const OUTER = /^[\s\p{P}]+|(?:(?!%)[\s\p{P}])+$/gu

/** The form in which an open word is counted and shown: width, case and what stands around it make no difference, numbers are masked. Empty when nothing is left. */
export function pollWord(text: string): string {
  return maskNumbers(cleanLine(text.normalize('NFKC')).replace(OUTER, '').toLowerCase())
}

type Asked = { kind: PollKind; options: readonly Pick<PollOption, 'id'>[]; maxChoices: number }

/** An answer as it counts, without what is said twice; or what is wrong with it. An empty one takes the answer back and always fits. */
export function checkChoices(poll: Asked, given: readonly string[]): { choices: string[]; problem: null } | { choices: null; problem: ChoiceProblem } {
  const choices = [...new Set(poll.kind === 'words' ? given.map(pollWord) : given)]
  const problem = problemOf(poll, choices)
  return problem ? { choices: null, problem } : { choices, problem: null }
}

function problemOf(poll: Asked, choices: readonly string[]): ChoiceProblem | null {
  switch (poll.kind) {
    case 'single':
      return choices.length > 1 ? 'too_many' : amongOptions(poll, choices)
    case 'multiple':
      return choices.length > poll.maxChoices ? 'too_many' : amongOptions(poll, choices)
    case 'rating':
      if (choices.length > 1) return 'too_many'
      return choices.every((choice) => RATINGS.some((rating) => rating === choice)) ? null : 'invalid_value'
    case 'words':
      if (choices.length > LIMITS.pollWords) return 'too_many'
      if (choices.includes('')) return 'too_short'
      return choices.some((word) => countCharacters(word) > LIMITS.pollWordLength) ? 'too_long' : null
  }
}

const amongOptions = (poll: Asked, choices: readonly string[]) => (choices.every((choice) => poll.options.some(({ id }) => id === choice)) ? null : 'invalid_value')
