import type { PublicHand } from '../../../shared/floor.ts'
import type { PollView } from '../../../shared/polls.ts'
import type { PublicQuestion } from '../../../shared/questions.ts'
import { queueOf } from '../../../shared/rules/floor.ts'
import { isCalled } from '../../../shared/rules/handLifecycle.ts'
import { takesPolls } from '../../../shared/rules/polling.ts'
import { takesVotes } from '../../../shared/rules/questionLifecycle.ts'
import { compareScores } from '../../../shared/rules/selection.ts'
import type { SpotRecord } from '../../../shared/spot.ts'
import { arranged } from '../../polls/results.ts'
import type { SessionState } from '../../sessions/reduce.ts'

/** How many of what comes next the hall is shown. */
export const SHOWN = 3

/** What stands beside the scene. `hands`: who was called and not heard yet, then the queue; `questions`: all that are open, best first. */
export type UpNext = { kind: 'poll'; poll: PollView } | { kind: 'hands'; hands: PublicHand[]; waiting: number } | { kind: 'questions'; questions: PublicQuestion[] } | { kind: 'nothing' }

type Seen = Pick<SessionState, 'session' | 'questions' | 'hands' | 'floor' | 'polls'>

/** An open poll goes first: it wants an answer now. Then the queue, while the floor is open and somebody stands in it; else the questions, by the order that the session promises. */
export function upNext({ session, questions, hands, floor, polls }: Seen, now: number): UpNext {
  const poll = takesPolls(session, now) ? arranged(polls.values()).open[0] : undefined
  if (poll) return { kind: 'poll', poll }

  const called = [...hands.values()].filter(({ state }) => isCalled(state)).sort((a, b) => (a.calledAt ?? '').localeCompare(b.calledAt ?? '') || a.number - b.number)
  const queue = floor.open || called.length > 0 ? queueOf(hands.values()) : []
  if (called.length + queue.length > 0) return { kind: 'hands', hands: [...called, ...queue].slice(0, SHOWN), waiting: queue.length }

  const open = [...questions.values()].filter(({ state }) => takesVotes(state)).sort(compareScores(session.settings.rule?.correctEarly ?? false, now))
  return open.length > 0 ? { kind: 'questions', questions: open } : { kind: 'nothing' }
}

/** How long a record made on the spot is shown, in milliseconds. */
const FRESH_MS = 20_000

/** The record that was just made, or null. One that was taken back is shown no more. */
export function freshRecord(spots: Iterable<SpotRecord>, now: number): SpotRecord | null {
  let newest: SpotRecord | null = null
  for (const record of spots) {
    // By the server's clock, which may be a moment ahead of what it has just sent.
    if (record.withdrawn === null && now - Date.parse(record.at) < FRESH_MS && (newest === null || record.at >= newest.at)) newest = record
  }
  return newest
}
