import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Vote } from '../../shared/questions.ts'
import type { Access } from '../accounts/access.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import { createGathering } from '../sessions/gather.ts'
import { castVotes } from './casting.ts'
import type { GivenVote } from './casting.ts'
import { originOf } from './rules.ts'

/** Votes one commit takes at most; the rest waits for the next. */
const VOTES_PER_COMMIT = 2_000

/** Where a request came from: network address, and what the browser calls itself. */
export type Sender = { address: string; userAgent: string }

export type VoteService = ReturnType<typeof createVoteService>

/** Votes of one session are gathered into few commits, and each is acknowledged after the commit that holds it. */
export function createVoteService(deps: { access: Access; commit: CommitToSession; limit: RateLimiter; secret: string; newId: () => string; now: () => number }) {
  const { access, commit, limit, secret, newId, now } = deps
  const gather = createGathering<GivenVote, number>({
    async write(sessionId, batch) {
      const outcome = await commit(sessionId, (tx) => castVotes(tx, batch, newId))
      return ({ questionId }) => outcome.get(questionId) ?? new RefusedError('internal')
    },
    most: VOTES_PER_COMMIT,
    now,
  })

  return {
    /**
     * @returns the question's votes once this one is durable
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `wrong_state`, `closed`
     */
    async vote(personId: string, { address, userAgent }: Sender, { sessionId, questionId, up }: Vote): Promise<number> {
      await access.require(personId, sessionId, 'question.vote')
      await limit.take(personId)
      return gather(sessionId, { questionId, up, ballot: { personId, ...originOf(secret, sessionId, address, userAgent) } })
    },
  }
}
