import type { IntakeQuestion } from '../../shared/moderation.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { BulkOutcome, DeskQuestion, FateStep, OwnQuestion, QuestionAct, QuestionBulk, QuestionFate, SubmitQuestion } from '../../shared/questions.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import { actingRole, may } from '../../shared/rules/permissions.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import { isPublic } from '../../shared/rules/questionLifecycle.ts'
import { takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import type { SpotRecord } from '../../shared/spot.ts'
import type { Access } from '../accounts/access.ts'
import { slowModeWait } from '../chat/rules.ts'
import type { LedgerStore } from '../ledger/store.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import type { NoteActivity } from '../residents/activity.ts'
import type { Consents } from '../residents/consents.ts'
import { requireConsent, requireKnown } from '../residents/known.ts'
import { sessionView } from '../sessions/rules.ts'
import type { SessionStore } from '../sessions/store.ts'
import { checkPicture, checkTopic, followed } from './facts.ts'
import type { QuestionLife } from './life.ts'
import type { Receipts } from './receipts.ts'
import { deskQuestion, ownQuestion, publicQuestion } from './rules.ts'
import type { StoredQuestion } from './rules.ts'
import type { QuestionStore } from './store.ts'

export type QuestionService = ReturnType<typeof createQuestionService>

export function createQuestionService(deps: {
  access: Access
  commit: CommitToSession
  life: QuestionLife
  receipts: Receipts
  questions: QuestionStore
  sessions: SessionStore
  ledger: LedgerStore
  /** What was recorded on the spot about any of these questions. */
  spotsOf: (questionIds: readonly string[]) => Promise<SpotRecord[]>
  consents: Pick<Consents, 'require'>
  noteActivity: NoteActivity
  /** Questions per person and per address; steps that one person takes on their own questions, each of which stands in the ledger for ever. */
  limits: { person: RateLimiter; address: RateLimiter; steps: RateLimiter }
}) {
  const { access, commit, life, receipts, questions, sessions, ledger, spotsOf, consents, noteActivity, limits } = deps

  /** Whether this person may send a question right now. @throws RefusedError `closed`, `intake_paused`, `slow_mode` with `retryAfterMs` */
  async function checkIntake(tx: SessionCommit, actor: Actor): Promise<void> {
    const { session } = tx
    if (!takesQuestions(session, Date.parse(tx.now))) throw new RefusedError('closed', { current: sessionView(session) })
    if (session.intake.paused) throw new RefusedError('intake_paused', { current: sessionView(session) })
    if (may(actor, 'desk.view')) return
    const wait = slowModeWait(await tx.questions.lastAskedAt(session.id, actor.personId), session.intake.slowSeconds, tx.now)
    if (wait > 0) throw new RefusedError('slow_mode', { retryAfterMs: wait, current: sessionView(session) })
  }

  /** Only one question is on air: the one that the host saw there becomes answered. @throws RefusedError `stale` when it is another one by now */
  async function makeRoom(tx: SessionCommit, actor: Actor, act: Extract<QuestionAct, { action: 'air' }>, touched: Set<string>): Promise<void> {
    if (tx.session.phase !== 'live' && tx.session.phase !== 'paused') throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
    const asking = await tx.questions.asking(act.sessionId)
    if ((asking?.id ?? null) !== act.replacing) throw new RefusedError('stale', { current: asking ? deskQuestion(asking) : null })
    if (asking) await life.take(tx, actor, asking, { action: 'answer', sessionId: act.sessionId, questionId: asking.id, expectedVersion: asking.version }, touched)
  }

  /** One step of one question, at the version that somebody saw. Nothing is written when it is refused, but by `air`. */
  async function step(tx: SessionCommit, actor: Actor, act: QuestionAct, touched: Set<string>): Promise<StoredQuestion> {
    const question = await tx.questions.byId(act.questionId)
    if (!question || question.sessionId !== act.sessionId) throw new RefusedError('not_found')
    if (question.version !== act.expectedVersion) throw new RefusedError('stale', { current: life.shown(question, actor) })
    if (act.action === 'air') await makeRoom(tx, actor, act, touched)
    return life.take(tx, actor, question, act, touched)
  }

  const stepsOf = async (question: StoredQuestion): Promise<FateStep[]> =>
    (await ledger.ofQuestion(question.sessionId, question.number)).map(
      ({ at, action, from, to, role, reason, detail }) => ({ at, action, from, to, role, reason, code: detail?.code ?? null, into: detail?.into ?? null }) as FateStep,
    )

  return {
    /**
     * A retry with the same id by the same person answers with what the first made.
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `wrong_state` for a follow-up of what has no answer, `closed`, `intake_paused`, `slow_mode`, `consent_required`,
     * `identity_required`
     */
    async submit(personId: string, address: string, input: SubmitQuestion, device = ''): Promise<OwnQuestion> {
      const actor = await access.require(personId, input.sessionId, 'question.submit')
      const known = await questions.byId(input.id)
      if (known?.personId === personId && known.sessionId === input.sessionId) return receipts.own(known)
      await requireConsent(consents, actor)
      await Promise.all([limits.person.take(personId), limits.address.take(address)])
      return commit(input.sessionId, async (tx) => {
        const existing = await tx.questions.byId(input.id)
        if (existing) {
          if (existing.personId !== personId || existing.sessionId !== input.sessionId) throw new RefusedError('forbidden')
          return receipts.own(existing)
        }
        await checkIntake(tx, actor)
        await requireKnown(tx, actor)
        checkTopic(tx, input.topicId)
        await checkPicture(tx, personId, input.id, input.pictureId)
        const follows = await followed(tx, personId, input.follows)
        const { id, text, name, topicId, pictureId } = input
        const forum = input.forum ? await tx.forums.ref(input.forum) : null
        await noteActivity(tx, { subject: 'question', subjectId: id, personId }, { address, device })
        return receipts.own(await life.receive(tx, actor, 'participant', { id, personId, text, name, topicId, pictureId, follows, channel: 'web', enteredBy: null, forum }))
      })
    },

    /**
     * Enters a question from phone, paper or the hall. Never slowed or paused; taken until the session is archived. A retry with the same id answers with what the first made.
     * @throws RefusedError `forbidden`, `not_found`, `closed`
     */
    async intake(personId: string, input: IntakeQuestion): Promise<{ question: DeskQuestion; receipt: string }> {
      const actor = await access.require(personId, input.sessionId, 'question.intake')
      const enteredBy = await access.signature(actor, input.sessionId)
      const asker = `offline:${input.id}`
      return commit(input.sessionId, async (tx) => {
        const existing = await tx.questions.byId(input.id)
        if (existing && (existing.personId !== asker || existing.sessionId !== input.sessionId)) throw new RefusedError('forbidden')
        if (existing) return { question: deskQuestion(existing), receipt: receipts.own(existing).receipt }
        if (tx.session.phase === 'archived' || tx.session.phase === 'cancelled') throw new RefusedError('closed', { current: sessionView(tx.session) })
        checkTopic(tx, input.topicId)
        const { id, text, name, topicId, channel } = input
        const question = await life.receive(tx, actor, actingRole(actor, 'question.intake'), { id, personId: asker, text, name, topicId, pictureId: null, follows: null, channel, enteredBy, forum: null })
        return { question: deskQuestion(question), receipt: receipts.own(question).receipt }
      })
    },

    /**
     * @returns the question's version afterwards
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `stale` and `wrong_state` with the question as it stands in `current`
     */
    async act(personId: string, act: QuestionAct): Promise<number> {
      const byAsker = act.action === 'withdraw' || act.action === 'revise'
      const actor = await access.require(personId, act.sessionId, `question.${act.action}`, byAsker && (await questions.byId(act.questionId))?.personId === personId)
      if (byAsker) await limits.steps.take(personId)
      return commit(act.sessionId, async (tx) => {
        const touched = new Set<string>()
        const { version } = await step(tx, actor, act, touched)
        await life.settle(tx, touched)
        return version
      })
    },

    /**
     * The same step for many questions in one commit; those that cannot take it are named.
     * @throws RefusedError `forbidden`, `not_found` when there is no such session
     */
    async bulk(personId: string, { sessionId, targets, act }: QuestionBulk): Promise<BulkOutcome> {
      const actor = await access.require(personId, sessionId, `question.${act.action}`)
      return commit(sessionId, async (tx) => {
        const touched = new Set<string>()
        const outcome: BulkOutcome = { done: [], refused: [] }
        for (const { questionId, expectedVersion } of targets) {
          try {
            const { version } = await step(tx, actor, { ...act, sessionId, questionId, expectedVersion }, touched)
            outcome.done.push({ id: questionId, version })
          } catch (error) {
            const code = error instanceof RefusedError ? error.refusal.code : null
            if (code !== 'stale' && code !== 'wrong_state' && code !== 'not_found') throw error
            outcome.refused.push({ id: questionId, code })
          }
        }
        await life.settle(tx, touched)
        return outcome
      })
    },

    /**
     * What became of one question: for whoever has its receipt.
     * @throws RefusedError `not_found`
     */
    async fate(receipt: string): Promise<QuestionFate> {
      const question = await questions.byReceipt(receipts.digest(receipt), receipt)
      const session = question && (await sessions.byId(question.sessionId))
      if (!question || !session) throw new RefusedError('not_found')
      const standing = question.mergedIntoId === null ? null : await questions.byId(question.mergedIntoId)
      const { receipt: _receipt, ...own } = ownQuestion(question)
      return {
        sessionId: session.id,
        sessionTitle: session.title,
        wentLiveAt: session.wentLiveAt,
        // A receipt's link is made to be handed on.
        question: { ...own, originalText: maskNumbers(own.originalText) },
        steps: await stepsOf(question),
        root: standing && {
          question: isPublic(standing.state) ? publicQuestion(standing) : null,
          number: standing.number,
          state: standing.state,
          reasonCode: standing.reasonCode,
          reason: standing.reason,
          steps: await stepsOf(standing),
        },
        topic: session.settings.topics.find(({ id }) => id === question.topicId)?.name ?? null,
        spots: await spotsOf([question.id, ...(standing ? [standing.id] : [])]),
      }
    },
  }
}
