import { randomBytes } from 'node:crypto'
import type { LedgerDetail } from '../../shared/ledger.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Channel, QuestionAct, QuestionState } from '../../shared/questions.ts'
import { hidesText } from '../../shared/rules/declining.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import { actingRole, may } from '../../shared/rules/permissions.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import { isPublic, questionStep } from '../../shared/rules/questionLifecycle.ts'
import { askedIn } from '../../shared/rules/sessionLifecycle.ts'
import type { Screening } from '../moderation/screening.ts'
import { tellQuestionOutside } from '../notifications/telling.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { cut, graft, prune, scatter } from './branches.ts'
import type { Rearranged } from './branches.ts'
import { lookUp } from './facts.ts'
import type { Receipts } from './receipts.ts'
import { applyStep, deskQuestion, ledgerName, pseudonym, publicQuestion, questionEvents, textDigest } from './rules.ts'
import type { StepFacts, StoredQuestion } from './rules.ts'

type RecordedAction = QuestionAct['action'] | 'submit' | 'object'
/** One step of one question, as the ledger keeps it. `before` is null for a new question. */
export type Recorded = { question: StoredQuestion; action: RecordedAction; before: QuestionState | null; actor: Actor; role: string; detail: LedgerDetail | null }

/** What a new question brings along. */
export type Draft = Pick<StoredQuestion, 'id' | 'personId' | 'name' | 'topicId' | 'pictureId' | 'follows' | 'enteredBy' | 'forum'> & { text: string; channel: Channel }

export type QuestionLife = ReturnType<typeof createQuestionLife>

/** Steps in the lives of questions, within a commit that somebody else authorised and opened. */
export function createQuestionLife(deps: { secret: string; screening: Screening; receipts: Receipts }) {
  const { secret, screening, receipts } = deps

  /** What every step of every question passes, whoever takes it: the ledger keeps it, and all who may know are told. */
  function record(tx: SessionCommit, step: Recorded): void {
    const { question, action, before, actor, role, detail } = step
    tx.note({
      subject: 'question',
      number: question.number,
      action,
      from: before,
      to: question.state,
      role,
      actor: ledgerName(secret, tx.session.id, actor.personId, { role, number: question.number }),
      reason: action === 'decline' ? question.reason : null,
      textDigest: question.text === '' ? null : textDigest(question.salt, question.text),
      detail,
    })
    tell(tx, question, before)
    tellQuestionOutside(tx, action, question, before)
  }

  function tell(tx: SessionCommit, question: StoredQuestion, before: QuestionState | null): void {
    for (const { audience, event } of questionEvents(question, before)) tx.emit(audience, event)
  }

  const roleFor = (actor: Actor, action: QuestionAct['action']): string => actingRole(actor, `question.${action}`)

  function detailOf(act: QuestionAct, next: StoredQuestion): LedgerDetail | null {
    if (act.action === 'decline') return { code: act.code }
    if (act.action === 'reply' && next.answer) return { answer: textDigest(next.salt, next.answer.text) }
    return act.action === 'merge' && next.mergedIntoNumber !== null ? { into: next.mergedIntoNumber } : null
  }

  /** Whether the wording so far is not to be read any more by anybody but the desk: it changed, the law hides it, or it waits for review, perhaps through the one that stands for it. */
  function silences(act: QuestionAct, next: StoredQuestion, root: StoredQuestion | undefined): boolean {
    switch (act.action) {
      case 'withdraw':
      case 'edit':
      case 'revise':
        return true
      case 'decline':
        return hidesText(act.code)
      case 'take_back':
        return !isPublic(next.state)
      case 'merge':
        return root !== undefined && !isPublic(root.state)
      case 'approve':
      case 'air':
      case 'time':
      case 'answer':
      case 'reply':
      case 'split':
      case 'label':
      case 'assign':
        return false
    }
  }

  /** What was merged into a question asks for the same: its words go out of the log with that one's. Its askers are told anew how theirs stands. */
  async function silenceMerged(tx: SessionCommit, rootId: string): Promise<void> {
    for (const merged of await tx.merging.under(rootId)) {
      tx.forget(merged.id)
      tell(tx, merged, merged.state)
    }
  }

  /** Writes the question after its step, with the voices and pointers of what is merged. */
  async function write(tx: SessionCommit, act: QuestionAct, before: StoredQuestion, next: StoredQuestion, root: StoredQuestion | undefined): Promise<Rearranged> {
    if (act.action === 'merge' && root) return graft(tx, next, before, root)
    if (act.action === 'split' && before.mergedIntoId !== null) return cut(tx, next, before.mergedIntoId)
    if (act.action === 'withdraw' && before.mergedIntoId !== null) return prune(tx, next, before, before.mergedIntoId)
    if (act.action === 'withdraw' && before.merged > 0) return scatter(tx, next)
    await tx.questions.update(next)
    return { question: next, moved: [] }
  }

  /**
   * Takes `act` on `question`, whatever its version. Nothing is written when it is refused.
   * @param touched receives the ids of other questions whose count changed; {@link settle} tells of them, once for any number of steps
   * @param over facts that the caller knows better
   * @throws RefusedError `wrong_state`, `not_found`, `forbidden`
   */
  async function take(tx: SessionCommit, actor: Actor, question: StoredQuestion, act: QuestionAct, touched: Set<string>, over: Partial<StepFacts> = {}): Promise<StoredQuestion> {
    const step = questionStep(question.state, act.action, question.publicAt !== null)
    if (!step) throw new RefusedError('wrong_state', { current: shown(question, actor) })
    const { root, ...facts } = await lookUp(tx, screening, actor, question, act)
    const { question: next, moved } = await write(tx, act, question, applyStep(question, step, act, { ...facts, ...over }), root)
    if (question.pictureId !== null && next.pictureId !== question.pictureId) await tx.pictures.remove(question.pictureId)
    if (silences(act, next, root)) {
      tx.forget(question.id)
      for (const { question: other } of moved) tx.forget(other.id)
      if ((act.action === 'decline' || act.action === 'take_back') && next.merged > 0) await silenceMerged(tx, next.id)
    }
    record(tx, { question: next, action: act.action, before: question.state, actor, role: roleFor(actor, act.action), detail: detailOf(act, next) })
    for (const { question: other, action } of moved) {
      const detail = action === 'merge' && other.mergedIntoNumber !== null ? { into: other.mergedIntoNumber } : null
      record(tx, { question: other, action, before: 'merged', actor, role: roleFor(actor, act.action), detail })
    }
    const rootId = next.mergedIntoId ?? question.mergedIntoId
    if (rootId !== null) touched.add(rootId)
    return next
  }

  /** Tells of questions that changed without a step of their own. */
  async function settle(tx: SessionCommit, touched: ReadonlySet<string>): Promise<void> {
    for (const id of touched) {
      const question = await tx.questions.byId(id)
      if (question) tell(tx, question, question.state)
    }
  }

  /** What a person may be shown of a question whose step was refused. */
  function shown(question: StoredQuestion, actor: Actor): unknown {
    if (may(actor, 'desk.view')) return deskQuestion(question)
    if (question.personId === actor.personId) return receipts.own(question)
    return isPublic(question.state) ? publicQuestion(question) : null
  }

  /** Takes in a new question, held for review when it must be. */
  async function receive(tx: SessionCommit, actor: Actor, role: string, draft: Draft): Promise<StoredQuestion> {
    const { text, name, ...rest } = draft
    const number = tx.session.questionCount + 1
    const asker = pseudonym(secret, tx.session.id, draft.personId)
    const held = await screening(tx, asker, [text, name ?? ''])
    const waits = tx.session.settings.reviewFirst || held.length > 0
    const question: StoredQuestion = {
      ...rest,
      sessionId: tx.session.id,
      number,
      asker,
      text: maskNumbers(text),
      originalText: text,
      name: name === null ? null : maskNumbers(name),
      state: waits ? 'pending' : 'approved',
      publicAt: waits ? null : tx.now,
      held,
      asked: askedIn(tx.session.phase),
      submittedAt: tx.now,
      ...receipts.issue(),
      salt: randomBytes(16).toString('base64url'),
      version: 1,
      votes: 0,
      merged: 0,
      objections: 0,
      setAsideVotes: 0,
      setAsideNote: null,
      notes: [],
      askedAt: null,
      answeredAt: null,
      timeLimit: null,
      answer: null,
      guestId: null,
      reasonCode: null,
      reason: null,
      mergedIntoId: null,
      mergedIntoNumber: null,
      parentId: null,
    }
    await tx.questions.insert(question)
    tx.update({ questionCount: number })
    record(tx, { question, action: 'submit', before: null, actor, role, detail: draft.channel === 'web' ? null : { channel: draft.channel } })
    return question
  }

  return { take, settle, receive, record, tell, shown }
}
