import { onScopeDispose, reactive } from 'vue'
import { TIMES } from '../../shared/limits.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { PublicQuestion } from '../../shared/questions.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { shownVote, toggled } from './voting.ts'
import type { ShownVote, VoteIntent } from './voting.ts'

/** An acknowledged count is shown until the session's own merged count has surely come by; dropping it sooner would let the number flicker back. */
const SETTLE_AFTER = 4 * TIMES.burstInterval

export type Votes = {
  shown(question: PublicQuestion): ShownVote
  /** Shows the change at once; takes it back and calls `onRefused` when the server will not have it. */
  toggle(question: PublicQuestion): void
}

/** The visitor's votes in one session. At most one request per question is under way; what was pressed meanwhile follows it. */
export function useVotes(sessionId: string, voted: (questionId: string) => boolean, onRefused: (refusal: Refusal) => void): Votes {
  const connection = useConnection()
  const intents = reactive(new Map<string, VoteIntent>())
  const underWay = new Set<string>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let gone = false

  onScopeDispose(() => {
    gone = true
    for (const timer of timers.values()) clearTimeout(timer)
  })

  function shown(question: PublicQuestion): ShownVote {
    return shownVote(question.votes, voted(question.id), intents.get(question.id))
  }

  function toggle(question: PublicQuestion): void {
    clearTimeout(timers.get(question.id))
    intents.set(question.id, toggled(shown(question)))
    if (!underWay.has(question.id)) void send(question.id)
  }

  async function send(questionId: string): Promise<void> {
    underWay.add(questionId)
    try {
      let wish = intents.get(questionId)
      while (wish) {
        const answer = await connection.request('question:vote', { sessionId, questionId, up: wish.up })
        if (gone) return
        const latest = intents.get(questionId)
        if (latest?.up === wish.up) return settle(questionId, { up: wish.up, count: answer.votes })
        wish = latest
      }
    } catch (error) {
      if (gone) return
      intents.delete(questionId)
      onRefused(refusalOf(error))
    } finally {
      underWay.delete(questionId)
    }
  }

  function settle(questionId: string, settled: VoteIntent): void {
    intents.set(questionId, settled)
    const timer = setTimeout(() => {
      timers.delete(questionId)
      intents.delete(questionId)
    }, SETTLE_AFTER)
    timers.set(questionId, timer)
  }

  return { shown, toggle }
}
