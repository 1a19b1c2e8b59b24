import type { Outcomes } from '../../shared/outcomes.ts'
import type { Channel, QuestionState } from '../../shared/questions.ts'
import { DECLINE_CODES } from '../../shared/rules/declining.ts'
import type { DeclineCode } from '../../shared/rules/declining.ts'

export type Figure<K extends string = string> = { key: K; count: number }

/** In the order in which a question may come through them. */
export const STATES: readonly QuestionState[] = ['answered', 'asking', 'approved', 'pending', 'declined', 'merged', 'withdrawn']
const CHANNELS: readonly Channel[] = ['web', 'phone', 'paper', 'hall']

export const stateFigures = ({ states }: Pick<Outcomes, 'states'>): Figure<QuestionState>[] => STATES.map((key) => ({ key, count: states[key] }))

/** The reasons given, most frequent first. */
export const reasonFigures = ({ declined }: Pick<Outcomes, 'declined'>): Figure<DeclineCode>[] =>
  DECLINE_CODES.map((key) => ({ key, count: declined[key] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)

/** Nothing when all came the same way: then it is no news. */
export function channelFigures({ channels }: Pick<Outcomes, 'channels'>): Figure<Channel>[] {
  const used = CHANNELS.map((key) => ({ key, count: channels[key] })).filter(({ count }) => count > 0)
  return used.length > 1 ? used : []
}

/** Whole percent of `total`; nothing of nothing is zero. */
export const percent = (count: number, total: number) => (total === 0 ? 0 : Math.round((count / total) * 100))

/** Milliseconds into the session of an answer on camera, from and to; null where it was not on camera. */
export function videoSpan(question: { askedAt: string | null; answeredAt: string | null }, wentLiveAt: string | null): { from: number; to: number | null } | null {
  if (question.askedAt === null || wentLiveAt === null) return null
  const at = (iso: string) => Math.max(0, Date.parse(iso) - Date.parse(wentLiveAt))
  return { from: at(question.askedAt), to: question.answeredAt === null ? null : at(question.answeredAt) }
}
