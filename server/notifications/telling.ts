import type { PollView } from '../../shared/polls.ts'
import type { QuestionState } from '../../shared/questions.ts'
import type { SpotRecord } from '../../shared/spot.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { sessionView } from '../sessions/rules.ts'
import { questionEvent, webhookPoll, webhookQuestion, webhookSession, webhookSpot } from '../webhooks/rules.ts'
import type { QuestionHappening } from '../webhooks/rules.ts'
import { noticeOf, pushTexts, spotTexts } from './rules.ts'

/** The one place from which the outside hears of a question. `before`: its state until now, null when it has just come in. */
export function tellQuestionOutside(tx: SessionCommit, happening: QuestionHappening, question: StoredQuestion, before: QuestionState | null): void {
  const { id, number } = question
  const event = questionEvent(happening)
  if (event) tx.deliver({ kind: 'webhook', event, questionId: id, data: { session: webhookSession(sessionView(tx.session)), question: webhookQuestion(question) } })
  const notice = noticeOf(happening, before, question.state)
  if (notice) tx.deliver({ kind: 'push', event: notice, question: { id, number, sessionId: tx.session.id }, texts: pushTexts(notice, question, tx.session.title) })
}

/** The session is in another phase. */
export function tellPhaseOutside(tx: SessionCommit): void {
  tx.deliver({ kind: 'webhook', event: 'session.phase', questionId: null, data: { session: webhookSession(sessionView(tx.session)) } })
}

/** A poll was closed. `poll`: as the public sees it. */
export function tellPollOutside(tx: SessionCommit, poll: PollView): void {
  tx.deliver({ kind: 'webhook', event: 'poll.closed', questionId: null, data: { session: webhookSession(sessionView(tx.session)), poll: webhookPoll(poll) } })
}

/** Something was recorded on the spot, corrected or taken back. Whose question it is about hears of it once. */
export function tellSpotOutside(tx: SessionCommit, record: SpotRecord, question: StoredQuestion | null, isNew: boolean): void {
  tx.deliver({ kind: 'webhook', event: 'spot.recorded', questionId: null, data: { session: webhookSession(sessionView(tx.session)), spot: webhookSpot(record, question?.number ?? null) } })
  const texts = isNew && question ? spotTexts(record, question.number, tx.session.title) : null
  if (question && texts) tx.deliver({ kind: 'push', event: 'recorded', question: { id: question.id, number: question.number, sessionId: tx.session.id }, texts })
}
