import type { PublicQuestion } from '../../shared/questions.ts'

/** `left` in milliseconds; negative: over the time by so much. */
export type AnswerTime = { left: number; limit: number; over: boolean; /** Little is left. */ near: boolean }

const NEAR_MS = 30_000

/** How the answer on air stands against its time at `now` (milliseconds since 1970); null when it has none. */
export function answerTime(question: Pick<PublicQuestion, 'state' | 'askedAt' | 'timeLimit'>, now: number): AnswerTime | null {
  if (question.state !== 'asking' || question.askedAt === null || question.timeLimit === null) return null
  const limit = question.timeLimit * 1_000
  const left = Date.parse(question.askedAt) + limit - now
  return { left, limit, over: left < 0, near: left >= 0 && left <= Math.min(NEAR_MS, limit / 4) }
}

/** Where in the session an answer on camera lies, in milliseconds from when it went on air; null when it was not given on camera. `end` null: still going on. */
export function onCamera(question: Pick<PublicQuestion, 'askedAt' | 'answeredAt'>, wentLiveAt: string | null): { start: number; end: number | null } | null {
  if (question.askedAt === null || wentLiveAt === null) return null
  const from = Date.parse(wentLiveAt)
  return { start: Date.parse(question.askedAt) - from, end: question.answeredAt === null ? null : Date.parse(question.answeredAt) - from }
}
