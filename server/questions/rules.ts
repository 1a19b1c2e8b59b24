import { createHash, createHmac } from 'node:crypto'
import type { DeskQuestion, OwnQuestion, PublicQuestion, QuestionAct, QuestionState } from '../../shared/questions.ts'
import type { QuestionStep } from '../../shared/rules/questionLifecycle.ts'
import { isPublic } from '../../shared/rules/questionLifecycle.ts'
import type { SessionEvent } from '../../shared/protocol/events.ts'

/** A question as the server keeps it. */
export type StoredQuestion = {
  id: string
  sessionId: string
  number: number
  personId: string
  asker: string
  text: string
  originalText: string
  name: string | null
  state: QuestionState
  votes: number
  reason: string | null
  receipt: string
  /** Secret; makes the ledger's text digests impossible to guess. */
  salt: string
  submittedAt: string
  askedAt: string | null
  answeredAt: string | null
  version: number
}

export function publicQuestion(q: StoredQuestion): PublicQuestion {
  const { id, number, text, name, state, votes, submittedAt, askedAt, answeredAt, version } = q
  return { id, number, text, name, state, votes, submittedAt, askedAt, answeredAt, version, edited: q.text !== q.originalText }
}

export function deskQuestion(q: StoredQuestion): DeskQuestion {
  return { ...publicQuestion(q), originalText: q.originalText, reason: q.reason, asker: q.asker }
}

export function ownQuestion(q: StoredQuestion): OwnQuestion {
  return { ...publicQuestion(q), originalText: q.originalText, reason: q.reason, receipt: q.receipt }
}

/** The question after `step`, taken by `act` at `now` (ISO 8601). Withdrawing removes the text; the ledger keeps that it was there. */
export function applyStep(question: StoredQuestion, step: QuestionStep, act: QuestionAct, now: string): StoredQuestion {
  const next: StoredQuestion = { ...question, state: step.to, version: question.version + 1 }
  switch (act.action) {
    case 'approve':
      return next
    case 'decline':
      return { ...next, reason: act.reason }
    case 'edit':
      return { ...next, text: act.text }
    case 'air':
      return { ...next, askedAt: now, answeredAt: null }
    case 'answer':
      return { ...next, answeredAt: now }
    case 'take_back':
      return { ...next, reason: null, answeredAt: null, askedAt: question.state === 'asking' || question.state === 'answered' ? null : question.askedAt }
    case 'withdraw':
      return { ...next, text: '', originalText: '' }
  }
}

/** Who must hear of a question's change, and in which shape. `before` is its state until now, null for a new one. */
export function questionEvents(question: StoredQuestion, before: QuestionState | null): { audience: string; event: SessionEvent }[] {
  const events: { audience: string; event: SessionEvent }[] = [
    { audience: 'desk', event: { type: 'desk_question', question: deskQuestion(question) } },
    { audience: personAudience(question.personId), event: { type: 'own_question', question: ownQuestion(question) } },
  ]
  if (isPublic(question.state)) events.unshift({ audience: 'public', event: { type: 'question', question: publicQuestion(question) } })
  else if (before !== null && isPublic(before)) events.unshift({ audience: 'public', event: { type: 'question_hidden', id: question.id } })
  return events
}

export const personAudience = (personId: string) => `person:${personId}`

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A tracking code of 60 random bits, in groups that can be read out over the phone: 7KQ3-9FMD-2XHT. `random` gives at least 12 bytes. */
export function receiptFrom(random: Uint8Array): string {
  const characters = Array.from(random.subarray(0, 12), (byte) => CROCKFORD[byte & 31])
  return [0, 4, 8].map((start) => characters.slice(start, start + 4).join('')).join('-')
}

/** Tells one person's doings within one session apart without saying who it is; another session gives another pseudonym. */
export function pseudonym(secret: string, sessionId: string, personId: string): string {
  return createHmac('sha256', secret).update(`pseudonym:${sessionId}:${personId}`).digest('base64url').slice(0, 12)
}

/** What the ledger keeps of a text: proves the wording to whoever has the salt, and says nothing to anybody else. */
export function textDigest(salt: string, text: string): string {
  return createHash('sha256').update(`${salt}\n${text}`).digest('hex')
}
