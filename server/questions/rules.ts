import { createHash, createHmac } from 'node:crypto'
import type { DeskQuestion, HeldReason, OwnQuestion, PublicQuestion, QuestionAct, QuestionRef, QuestionState } from '../../shared/questions.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import type { QuestionStep } from '../../shared/rules/questionLifecycle.ts'
import { isPublic } from '../../shared/rules/questionLifecycle.ts'
import type { SessionEvent } from '../../shared/protocol/events.ts'

/** A question as the server keeps it. */
export type StoredQuestion = Omit<DeskQuestion, 'edited' | 'setAside' | 'mergedInto'> & {
  sessionId: string
  personId: string
  /** Digest of the code that the asker was given, by which the question is found. */
  receipt: string
  /** The code, sealed: see receipts.ts. Null: of an earlier release and not converted yet, and `receipt` is the code itself. */
  receiptSealed: string | null
  /** Secret; makes the ledger's text digests impossible to guess. */
  salt: string
  /** The question that stands for this one: never itself merged. */
  mergedIntoId: string | null
  mergedIntoNumber: number | null
  /** The question a moderator merged this one into. When that one was merged later, `mergedIntoId` is another: undoing either brings back what was. */
  parentId: string | null
  setAsideVotes: number
  setAsideNote: string | null
}

export function publicQuestion(q: StoredQuestion): PublicQuestion {
  const { id, number, text, name, state, votes, submittedAt, publicAt, askedAt, answeredAt, timeLimit, answer, topicId, guestId, pictureId, channel, forum, asked, follows, merged, objections, version } = q
  return {
    id,
    number,
    text,
    name,
    state,
    votes,
    submittedAt,
    publicAt,
    askedAt,
    answeredAt,
    timeLimit,
    answer,
    topicId,
    guestId,
    pictureId,
    channel,
    forum,
    asked,
    follows,
    merged,
    objections,
    version,
    setAside: q.setAsideVotes === 0 ? null : { votes: q.setAsideVotes, note: q.setAsideNote ?? '' },
    // Masking alone is no correction of the wording.
    edited: text !== maskNumbers(q.originalText),
  }
}

const mergedInto = (q: StoredQuestion): QuestionRef | null => (q.mergedIntoId === null || q.mergedIntoNumber === null ? null : { id: q.mergedIntoId, number: q.mergedIntoNumber })

export function deskQuestion(q: StoredQuestion): DeskQuestion {
  const { originalText, reasonCode, reason, asker, held, notes, enteredBy } = q
  return { ...publicQuestion(q), originalText, reasonCode, reason, asker, held, notes, enteredBy, mergedInto: mergedInto(q) }
}

/** As it is logged: the receipt is sealed, and opened where it goes out (receipts.ts). */
export function ownQuestion(q: StoredQuestion): OwnQuestion {
  const { originalText, reasonCode, reason, receipt, receiptSealed } = q
  return { ...publicQuestion(q), originalText, reasonCode, reason, receipt: receiptSealed ?? receipt, mergedInto: mergedInto(q) }
}

/** What a step needs to know besides: looked up before it is taken. */
export type StepFacts = { now: string; answer?: StoredQuestion['answer']; into?: QuestionRef; held?: HeldReason[] }

/** The question after `step`, taken by `act`. Withdrawing removes the text; the ledger keeps that it was there. */
export function applyStep(question: StoredQuestion, step: QuestionStep, act: QuestionAct, { now, answer, into, held }: StepFacts): StoredQuestion {
  const publicAt = isPublic(step.to) ? (question.publicAt ?? now) : step.to === 'merged' ? question.publicAt : null
  const next: StoredQuestion = { ...question, state: step.to, version: question.version + 1, publicAt, held: step.to === 'pending' || step.to === 'merged' ? (held ?? question.held) : [] }
  switch (act.action) {
    case 'approve':
      return next
    case 'decline':
      // Kept: the judge of the selection rule counts what was declined after being public.
      return { ...next, publicAt: question.publicAt, reasonCode: act.code, reason: act.reason }
    case 'edit':
      return { ...next, text: maskNumbers(act.text) }
    case 'revise':
      return { ...next, text: maskNumbers(act.text), originalText: act.text, topicId: act.topicId, pictureId: act.pictureId }
    case 'air':
      return { ...next, askedAt: now, answeredAt: null, timeLimit: act.seconds === 0 ? null : act.seconds }
    case 'time':
      return { ...next, timeLimit: act.seconds === 0 ? null : act.seconds }
    case 'answer':
      return { ...next, answeredAt: now }
    case 'reply':
      return { ...next, answer: answer ?? question.answer, answeredAt: step.to === 'answered' ? (question.answeredAt ?? now) : question.answeredAt }
    case 'merge':
      return { ...next, mergedIntoId: into?.id ?? null, mergedIntoNumber: into?.number ?? null, parentId: into?.id ?? null, merged: 0 }
    case 'split':
      return { ...next, mergedIntoId: null, mergedIntoNumber: null, parentId: null }
    case 'label':
      return { ...next, topicId: act.topicId }
    case 'assign':
      return { ...next, guestId: act.guestId }
    case 'take_back':
      return { ...next, reasonCode: null, reason: null, askedAt: null, answeredAt: null, timeLimit: null, answer: null, publicAt: step.to === 'pending' ? null : publicAt }
    case 'withdraw':
      return { ...next, text: '', originalText: '', name: null, pictureId: null, mergedIntoId: null, mergedIntoNumber: null, parentId: null, merged: 0 }
  }
}

/** The question with another one standing for it, because the one that stood for it was merged or split off. */
export function underRoot(question: StoredQuestion, root: QuestionRef): StoredQuestion {
  return { ...question, mergedIntoId: root.id, mergedIntoNumber: root.number, version: question.version + 1 }
}

/** `id` and all that hangs under it by {@link StoredQuestion.parentId}, out of `all`; in the order of `all`. */
export function branch<Q extends Pick<StoredQuestion, 'id' | 'parentId'>>(all: readonly Q[], id: string): Q[] {
  const inside = new Set([id])
  for (let grown = -1; grown !== inside.size; ) {
    grown = inside.size
    for (const question of all) if (question.parentId !== null && inside.has(question.parentId)) inside.add(question.id)
  }
  return all.filter((question) => inside.has(question.id))
}

/** Who must hear of a question's change, and in which shape. `before` is its state until now, null for a new one. */
export function questionEvents(question: StoredQuestion, before: QuestionState | null): { audience: string; event: SessionEvent }[] {
  const events: { audience: string; event: SessionEvent }[] = [
    { audience: 'desk', event: { type: 'desk_question', question: deskQuestion(question) } },
    { audience: personAudience(question.personId), event: { type: 'own_question', question: ownQuestion(question) } },
  ]
  if (isPublic(question.state)) events.unshift({ audience: 'public', event: { type: 'question', question: publicQuestion(question) } })
  else if (before !== null && isPublic(before)) {
    const { id, number, state, reasonCode } = question
    events.unshift({ audience: 'public', event: { type: 'question_hidden', id, number, state, reasonCode, mergedInto: mergedInto(question) } })
  }
  return events
}

export const personAudience = (personId: string) => `person:${personId}`

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A tracking code of 60 random bits, in groups that can be read out over the phone: 7KQ3-9FMD-2XHT. `random` gives at least 12 bytes. */
export function receiptFrom(random: Uint8Array): string {
  const characters = Array.from(random.subarray(0, 12), (byte) => CROCKFORD[byte & 31])
  return [0, 4, 8].map((start) => characters.slice(start, start + 4).join('')).join('-')
}

/** Tells one person's questions and messages within one session apart, for the desk and in the chat, without saying who it is; another session gives another pseudonym. */
export function pseudonym(secret: string, sessionId: string, personId: string): string {
  return createHmac('sha256', secret).update(`pseudonym:${sessionId}:${personId}`).digest('base64url').slice(0, 12)
}

/**
 * Who took a step, as the public ledger names them. Staff answer for what they do: one name within the session. A resident has another for each question, and none of them is
 * the one in the chat or at the desk: who asks without a name must not be known by what they signed elsewhere.
 */
export function ledgerName(secret: string, sessionId: string, personId: string, { role, number }: { role: string; number: number | string | null }): string {
  return pseudonym(secret, role === 'participant' ? `ledger:${sessionId}:${number}` : `ledger:${sessionId}`, personId)
}

/** What the ledger keeps of a text: proves the wording to whoever has the salt, and says nothing to anybody else. */
export function textDigest(salt: string, text: string): string {
  return createHash('sha256').update(`${salt}\n${text}`).digest('hex')
}
