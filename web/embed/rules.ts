import type { EmbedMessage } from '../../shared/embed.ts'
import type { PublicQuestion } from '../../shared/questions.ts'
import { questionsFor } from '../questions/ordering.ts'

const CODE = /^[a-z0-9-]{1,30}$/

/** The forum's code in the address of the frame; what cannot be one counts as none. */
export function forumOf(value: unknown): string | null {
  return typeof value === 'string' && CODE.test(value) ? value : null
}

/** What the page around the frame is told, or null when there is nothing new: half a pixel moves nothing. */
export function heightMessage(session: string, height: number, before: number | null): EmbedMessage | null {
  const whole = Math.ceil(height)
  return whole > 0 && whole !== before ? { fangtan: 'height', session, height: whole } : null
}

/** How many questions the frame lists. */
const LISTED = 5

/** The most wanted open questions. */
export const topQuestions = (questions: Iterable<PublicQuestion>, now: number): PublicQuestion[] => questionsFor('hot', questions, now).slice(0, LISTED)
