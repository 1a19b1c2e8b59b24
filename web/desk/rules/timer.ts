import { LIMITS } from '../../../shared/limits.ts'

const MINUTE = 60

/** How an answer on air stands in time. `left`: seconds until its limit, negative once over it, null without one; `spent`: seconds since it began. */
export type AnswerTime = { spent: number; left: number | null; over: boolean }

/** @param now the server's clock, in milliseconds  @param limit seconds, null for none */
export function answerTime(askedAt: string, limit: number | null, now: number): AnswerTime {
  const spent = Math.max(0, Math.floor((now - Date.parse(askedAt)) / 1_000))
  const left = limit === null ? null : limit - spent
  return { spent, left, over: left !== null && left < 0 }
}

/** The limit with a minute more; once it is over, or where there was none, a minute from now on. */
export function oneMinuteMore(limit: number | null, spent: number): number {
  return Math.min(LIMITS.answerSecondsMax, Math.max(limit ?? 0, spent) + MINUTE)
}

/** Lengths that a host may choose, in seconds, counted from the beginning of the answer; 0: no limit. */
export const ANSWER_CHOICES = [0, 60, 120, 180, 300, 600] as const
