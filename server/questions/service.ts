import { randomBytes } from 'node:crypto'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { FateStep, OwnQuestion, QuestionAct, QuestionFate, SubmitQuestion } from '../../shared/questions.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import { questionStep } from '../../shared/rules/questionLifecycle.ts'
import { askedIn, takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import { PERMISSIONS } from '../../shared/rules/permissions.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import type { Access } from '../accounts/access.ts'
import type { LedgerStore } from '../ledger/store.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { sessionView } from '../sessions/rules.ts'
import type { SessionStore } from '../sessions/store.ts'
import { applyStep, deskQuestion, ownQuestion, pseudonym, questionEvents, receiptFrom, textDigest } from './rules.ts'
import type { StoredQuestion } from './rules.ts'
import type { QuestionStore } from './store.ts'

export type QuestionService = ReturnType<typeof createQuestionService>

export function createQuestionService(deps: {
  access: Access
  commit: CommitToSession
  questions: QuestionStore
  sessions: SessionStore
  ledger: LedgerStore
  secret: string
  /** Questions per person and per address. */
  limits: { person: RateLimiter; address: RateLimiter }
}) {
  const { access, commit, questions, sessions, ledger, secret, limits } = deps

  function note(tx: SessionCommit, actor: Actor, question: StoredQuestion, action: string, from: string | null, role: string): void {
    tx.note({
      subject: 'question',
      number: question.number,
      action,
      from,
      to: question.state,
      role,
      actor: pseudonym(secret, tx.session.id, actor.personId),
      reason: action === 'decline' ? question.reason : null,
      textDigest: question.text === '' ? null : textDigest(question.salt, question.text),
    })
  }

  function tell(tx: SessionCommit, question: StoredQuestion, before: StoredQuestion['state'] | null): void {
    for (const { audience, event } of questionEvents(question, before)) tx.emit(audience, event)
  }

  /** Takes `act` on `question` within `tx`, whatever its version. @throws RefusedError `wrong_state` */
  async function take(tx: SessionCommit, actor: Actor, question: StoredQuestion, act: QuestionAct): Promise<StoredQuestion> {
    const step = questionStep(question.state, act.action, question.publicAt !== null)
    if (!step) throw new RefusedError('wrong_state', { current: shown(question, act, actor) })
    const next = applyStep(question, step, act, { now: tx.now })
    await tx.questions.update(next)
    const roles: readonly string[] = PERMISSIONS[`question.${act.action}`]
    note(tx, actor, next, act.action, question.state, actor.roles.find((role) => roles.includes(role)) ?? 'participant')
    tell(tx, next, question.state)
    return next
  }

  const shown = (question: StoredQuestion, act: QuestionAct, actor: Actor) =>
    act.action === 'withdraw' && question.personId === actor.personId ? ownQuestion(question) : deskQuestion(question)

  return {
    /**
     * A retry with the same id by the same person answers with what the first made.
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `closed`
     */
    async submit(personId: string, address: string, input: SubmitQuestion): Promise<OwnQuestion> {
      const actor = await access.require(personId, input.sessionId, 'question.submit')
      const before = await questions.byId(input.id)
      if (!before) await Promise.all([limits.person.take(personId), limits.address.take(address)])
      return commit(input.sessionId, async (tx) => {
        const existing = await tx.questions.byId(input.id)
        if (existing) {
          if (existing.personId !== personId || existing.sessionId !== input.sessionId) throw new RefusedError('forbidden')
          return ownQuestion(existing)
        }
        if (!takesQuestions(tx.session, Date.parse(tx.now))) throw new RefusedError('closed', { current: sessionView(tx.session) })
        const number = tx.session.questionCount + 1
        const question: StoredQuestion = {
          id: input.id,
          sessionId: input.sessionId,
          number,
          personId,
          asker: pseudonym(secret, input.sessionId, personId),
          text: maskNumbers(input.text),
          originalText: input.text,
          name: input.name,
          publicAt: tx.session.settings.reviewFirst ? null : tx.now,
          timeLimit: null,
          answer: null,
          topicId: input.topicId,
          guestId: null,
          pictureId: input.pictureId,
          channel: 'web',
          asked: askedIn(tx.session.phase),
          follows: null,
          merged: 0,
          objections: 0,
          reasonCode: null,
          held: [],
          notes: [],
          enteredBy: null,
          mergedIntoId: null,
          mergedIntoNumber: null,
          setAsideVotes: 0,
          setAsideNote: null,
          state: tx.session.settings.reviewFirst ? 'pending' : 'approved',
          votes: 0,
          reason: null,
          receipt: receiptFrom(randomBytes(12)),
          salt: randomBytes(16).toString('base64url'),
          submittedAt: tx.now,
          askedAt: null,
          answeredAt: null,
          version: 1,
        }
        await tx.questions.insert(question)
        tx.update({ questionCount: number })
        note(tx, actor, question, 'submit', null, 'participant')
        tell(tx, question, null)
        return ownQuestion(question)
      })
    },

    /**
     * @returns the question's version afterwards
     * @throws RefusedError `forbidden`, `not_found`, `stale` and `wrong_state` with the question as it stands in `current`
     */
    async act(personId: string, act: QuestionAct): Promise<number> {
      const isAsker = act.action === 'withdraw' && (await questions.byId(act.questionId))?.personId === personId
      const actor = await access.require(personId, act.sessionId, `question.${act.action}`, isAsker)
      return commit(act.sessionId, async (tx) => {
        const question = await tx.questions.byId(act.questionId)
        if (!question || question.sessionId !== act.sessionId) throw new RefusedError('not_found')
        if (question.version !== act.expectedVersion) throw new RefusedError('stale', { current: shown(question, act, actor) })
        if (act.action === 'air') await makeRoom(tx, actor, act)
        return (await take(tx, actor, question, act)).version
      })
    },

    /**
     * What became of one question: for whoever has its receipt.
     * @throws RefusedError `not_found`
     */
    async fate(receipt: string): Promise<QuestionFate> {
      const question = await questions.byReceipt(receipt)
      const session = question && (await sessions.byId(question.sessionId))
      if (!question || !session) throw new RefusedError('not_found')
      const entries = await ledger.ofQuestion(session.id, question.number)
      const { receipt: _receipt, ...own } = ownQuestion(question)
      const steps = entries.map(({ at, action, from, to, role, reason, detail }) => ({ at, action, from, to, role, reason, code: detail?.code ?? null, into: detail?.into ?? null }) as FateStep)
      return { sessionId: session.id, sessionTitle: session.title, wentLiveAt: session.wentLiveAt, question: own, steps, root: null, topic: session.settings.topics.find(({ id }) => id === question.topicId)?.name ?? null }
    },
  }

  /** Only one question is on air: the one that the host saw there becomes answered. @throws RefusedError `stale` when it is another one by now */
  async function makeRoom(tx: SessionCommit, actor: Actor, act: Extract<QuestionAct, { action: 'air' }>): Promise<void> {
    if (tx.session.phase !== 'live' && tx.session.phase !== 'paused') throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
    const asking = await tx.questions.asking(act.sessionId)
    if ((asking?.id ?? null) !== act.replacing) throw new RefusedError('stale', { current: asking ? deskQuestion(asking) : null })
    if (asking) await take(tx, actor, asking, { action: 'answer', sessionId: act.sessionId, questionId: asking.id, expectedVersion: asking.version })
  }
}
