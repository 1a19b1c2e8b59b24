import { z } from 'zod'
import { questionStateSchema } from './questions.ts'
import type { DeskQuestion, PublicQuestion, QuestionState } from './questions.ts'
import type { DeclineCode, HidingCode } from './rules/declining.ts'
import type { RuleVerdict } from './rules/selection.ts'
import type { Phase, Seal, SessionView } from './sessions.ts'
import type { SpotRecord } from './spot.ts'

/** One line of the public ledger: every question ever received, by number. */
export type Outcome = Pick<PublicQuestion, 'number' | 'name' | 'state' | 'votes' | 'submittedAt' | 'publicAt' | 'askedAt' | 'answeredAt' | 'answer' | 'topicId' | 'guestId' | 'channel' | 'forum' | 'asked' | 'follows' | 'merged' | 'objections' | 'setAside' | 'edited'> & {
  /** null: not to be shown; `hidden` says why. */
  text: string | null
  hidden: 'not_reviewed' | 'withdrawn' | HidingCode | null
  reasonCode: DeclineCode | null
  reason: string | null
  /** Number of the question it was merged into. */
  mergedInto: number | null
  /** What was recorded about it on the spot, in order of number, taken back or not. */
  spots: SpotRecord[]
}

/** GET /api/sessions/:id/outcomes: what became of everything, in public. `questions` in order of number, at most OUTCOMES_PER_PAGE. */
export type Outcomes = {
  sessionId: string
  title: string
  phase: Phase
  wentLiveAt: string | null
  topics: { id: string; name: string }[]
  guests: { id: string; name: string; post: string }[]
  total: number
  states: Record<QuestionState, number>
  declined: Partial<Record<DeclineCode, number>>
  /** Answered on camera; in writing; both count in both. */
  answered: { camera: number; writing: number }
  channels: Record<PublicQuestion['channel'], number>
  /** Records made on the spot that stand, by kind; and those about no question, taken back or not. */
  spots: { answers: number; promises: number; tasks: number; others: SpotRecord[] }
  /** The chain as it stands, and as it was published when the session ended. */
  ledger: { entries: number; head: string; seal: Seal | null }
  rule: RuleVerdict | null
  questions: Outcome[]
  /** Number to go on `after`, or null at the end. */
  next: number | null
}
export const OUTCOMES_PER_PAGE = 100

/** Query of the same: `after` a number, only one state, or one word that must stand in the text. */
export const outcomesQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).max(10_000_000).default(0),
  state: questionStateSchema.optional(),
  search: z.string().trim().max(50).optional(),
})
export type OutcomesQuery = z.infer<typeof outcomesQuerySchema>

/** Query of the downloads as tables: the language of their words; without one, what the browser asks for. */
export const exportQuerySchema = z.strictObject({ lang: z.enum(['zh-CN', 'en']).optional() })

/** GET /api/sessions/:id/questions.json (desk): everything of every question, nothing hidden. */
export type QuestionsExport = { exportedAt: string; session: SessionView; questions: DeskQuestion[]; spots: SpotRecord[] }
