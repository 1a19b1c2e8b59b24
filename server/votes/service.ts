import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Vote } from '../../shared/questions.ts'
import { isResident } from '../../shared/rules/identity.ts'
import type { Access } from '../accounts/access.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import { unknownAmong } from '../residents/known.ts'
import { createGathering } from '../sessions/gather.ts'
import { castVotes } from './casting.ts'
import type { GivenVote } from './casting.ts'
import { originOf } from './rules.ts'

/** Votes one commit takes at most; the rest waits for the next. */
const VOTES_PER_COMMIT = 2_000

/** `resident`: known by no role. */
type Waiting = GivenVote & { resident: boolean }

/** Where a request came from: network address, and what the browser calls itself. */
export type Sender = { address: string; userAgent: string }

export type VoteService = ReturnType<typeof createVoteService>

/** Votes of one session are gathered into few commits, and each is acknowledged after the commit that holds it. */
export function createVoteService(deps: { access: Access; commit: CommitToSession; limit: RateLimiter; secret: string; newId: () => string; now: () => number }) {
  const { access, commit, limit, secret, newId, now } = deps
  const gather = createGathering<Waiting, number>({
    async write(sessionId, batch) {
      const { outcome, refused } = await commit(sessionId, async (tx) => {
        // What somebody gave before more was asked of them, they may take back.
        const unknown = await unknownAmong(tx, batch.filter(({ up, resident }) => up && resident).map(({ ballot }) => ballot.personId))
        const refusalOf = ({ up, ballot }: GivenVote) => (up ? unknown.get(ballot.personId) : undefined)
        return { outcome: await castVotes(tx, batch.filter((vote) => !refusalOf(vote)), newId), refused: refusalOf }
      })
      return (vote) => refused(vote) ?? outcome.get(vote.questionId) ?? new RefusedError('internal')
    },
    most: VOTES_PER_COMMIT,
    now,
  })

  return {
    /**
     * @returns the question's votes once this one is durable
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `wrong_state`, `closed`, `identity_required`
     */
    async vote(personId: string, { address, userAgent }: Sender, { sessionId, questionId, up }: Vote): Promise<number> {
      const actor = await access.require(personId, sessionId, 'question.vote')
      await limit.take(personId)
      return gather(sessionId, { questionId, up, resident: isResident(actor), ballot: { personId, ...originOf(secret, sessionId, address, userAgent) } })
    },
  }
}
