import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Objection } from '../../shared/questions.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import { takesObjections } from '../../shared/rules/questionLifecycle.ts'
import type { Access } from '../accounts/access.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { requireKnown } from '../residents/known.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import type { QuestionLife } from './life.ts'
import { deskQuestion, personAudience } from './rules.ts'

export type ObjectionService = ReturnType<typeof createObjectionService>

export function createObjectionService(deps: { access: Access; commit: CommitToSession; life: QuestionLife; limit: RateLimiter }) {
  const { access, commit, life, limit } = deps
  return {
    /**
     * "This didn't answer mine", by those whose question it is: its asker, its voters, and those of questions merged into it. Each counts once; another reason replaces
     * the first, none takes it back. The ledger keeps that somebody objected, not their words.
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `wrong_state` when it is not answered, `identity_required`
     */
    async object(personId: string, { sessionId, questionId, reason }: Objection): Promise<null> {
      const actor = await access.require(personId, sessionId, 'question.object')
      await limit.take(personId)
      return commit(sessionId, async (tx) => {
        const question = await tx.questions.byId(questionId)
        if (!question || question.sessionId !== sessionId) throw new RefusedError('not_found')
        if (question.personId !== personId && !(await tx.merging.hasVoice(questionId, personId))) throw new RefusedError('forbidden')
        if (!takesObjections(question.state)) throw new RefusedError('wrong_state', { current: life.shown(question, actor) })
        // What somebody said before more was asked of them, they may take back.
        if (reason !== null) await requireKnown(tx, actor)
        const masked = reason === null ? null : maskNumbers(reason)
        const objections = await tx.moderation.object(questionId, personId, masked, tx.now)
        const next = { ...question, objections }
        await tx.questions.update(next)
        if (objections > question.objections) life.record(tx, { question: next, action: 'object', before: question.state, actor, role: 'participant', detail: null })
        else if (objections < question.objections) life.tell(tx, next, next.state)
        // Other words only: the desk reads them when it looks closer.
        else tx.emit('desk', { type: 'desk_question', question: deskQuestion(next) })
        tx.emit(personAudience(personId), { type: 'own_objection', questionId, reason: masked })
        return null
      })
    },
  }
}
