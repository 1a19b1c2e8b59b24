import { RefusedError } from '../../shared/protocol/errors.ts'
import { TIMES } from '../../shared/limits.ts'
import type { Vote } from '../../shared/questions.ts'
import { takesVotes } from '../../shared/rules/questionLifecycle.ts'
import { takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import type { Access } from '../accounts/access.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import { personAudience } from './rules.ts'

type Waiting = Vote & { personId: string; resolve: (votes: number) => void; reject: (error: Error) => void }

/** Votes one commit takes at most; the rest waits for the next. */
const VOTES_PER_COMMIT = 2_000

export type VoteService = ReturnType<typeof createVoteService>

/** Votes of one session are gathered into one commit, at most once in TIMES.burstInterval, and each is acknowledged after the commit that holds it. */
export function createVoteService(deps: { access: Access; commit: CommitToSession; limit: RateLimiter; now: () => number }) {
  const { access, commit, limit, now } = deps
  const queues = new Map<string, Waiting[]>()

  /** The last word of each person on each question. */
  function lastWords(batch: Waiting[]): Map<string, Map<string, boolean>> {
    const byQuestion = new Map<string, Map<string, boolean>>()
    for (const { questionId, personId, up } of batch) {
      const people = byQuestion.get(questionId) ?? new Map<string, boolean>()
      people.set(personId, up)
      byQuestion.set(questionId, people)
    }
    return byQuestion
  }

  async function write(sessionId: string, batch: Waiting[]): Promise<void> {
    const outcome = await commit(sessionId, async (tx) => {
      const results = new Map<string, number | RefusedError>()
      const counts: Record<string, number> = {}
      for (const [questionId, people] of lastWords(batch)) {
        const question = await tx.questions.byId(questionId)
        if (!question || question.sessionId !== sessionId) results.set(questionId, new RefusedError('not_found'))
        else if (!takesVotes(question.state)) results.set(questionId, new RefusedError('wrong_state'))
        else if (!takesQuestions(tx.session, Date.parse(tx.now))) results.set(questionId, new RefusedError('closed'))
        else {
          const up = [...people].filter(([, wants]) => wants).map(([personId]) => personId)
          const down = [...people].filter(([, wants]) => !wants).map(([personId]) => personId)
          let votes = question.votes
          if (up.length > 0) votes = await tx.questions.addVotes(questionId, up, tx.now)
          if (down.length > 0) votes = await tx.questions.removeVotes(questionId, down)
          results.set(questionId, votes)
          counts[questionId] = votes
          for (const [personId, wants] of people) tx.emit(personAudience(personId), { type: 'own_vote', questionId, up: wants })
        }
      }
      if (Object.keys(counts).length > 0) tx.emit('public', { type: 'votes', counts })
      return results
    })
    for (const waiting of batch) {
      const result = outcome.get(waiting.questionId)
      if (typeof result === 'number') waiting.resolve(result)
      else waiting.reject(result ?? new RefusedError('internal'))
    }
  }

  async function drain(sessionId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const started = now()
      const batch = queue.splice(0, VOTES_PER_COMMIT)
      try {
        await write(sessionId, batch)
      } catch (error) {
        for (const waiting of batch) waiting.reject(error instanceof Error ? error : new Error(String(error)))
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, TIMES.burstInterval - (now() - started))))
    }
    queues.delete(sessionId)
  }

  return {
    /**
     * @returns the question's votes once this one is durable
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `wrong_state`, `closed`
     */
    async vote(personId: string, input: Vote): Promise<number> {
      await access.require(personId, input.sessionId, 'question.vote')
      await limit.take(personId)
      return new Promise<number>((resolve, reject) => {
        const queue = queues.get(input.sessionId)
        if (queue) {
          queue.push({ ...input, personId, resolve, reject })
          return
        }
        const opened: Waiting[] = [{ ...input, personId, resolve, reject }]
        queues.set(input.sessionId, opened)
        // One turn of the loop gathers what came in together with the first.
        setImmediate(() => void drain(input.sessionId, opened))
      })
    },
  }
}
