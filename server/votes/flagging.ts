import type { SessionCommit } from '../sessions/commit.ts'
import type { BallotBox } from './casting.ts'
import { STUFFING, growFlags, needsTotal, suspects, windowStart } from './rules.ts'
import type { Hit, StoredFlag } from './rules.ts'
import type { Standing } from './store.ts'

/** Opens or grows the flags of questions that got new votes. @returns whether any flag changed */
export async function flagStuffing(tx: SessionCommit, boxes: readonly BallotBox[], standing: ReadonlyMap<string, Standing>, newId: () => string): Promise<boolean> {
  // Below this no source can have too many.
  const enough = boxes.filter(({ question, fresh }) => {
    const { votes, setAsideVotes } = standing.get(question.id) ?? question
    return fresh.length > 0 && votes + setAsideVotes >= STUFFING.device.least
  })
  if (enough.length === 0) return false
  const ids = enough.map(({ question }) => question.id)
  const since = windowStart(tx.now)
  const tallies = await tx.votes.tallies(ids, since, STUFFING.device.least)
  const flags = await tx.votes.flagsOf(tx.session.id, ids)
  let changed = false
  for (const { question, fresh } of enough) {
    const found = tallies.get(question.id) ?? []
    const hits = suspects(found, needsTotal(found) ? await tx.votes.countSince(question.id, since) : 0)
    const open = ({ kind, source, votes, firstAt }: Hit): StoredFlag => ({
      id: newId(),
      sessionId: tx.session.id,
      questionId: question.id,
      number: question.number,
      kind,
      source,
      votes,
      firstAt,
      lastAt: tx.now,
      state: 'open',
      note: '',
      by: null,
    })
    const own = flags.filter(({ questionId }) => questionId === question.id)
    for (const flag of growFlags(own, hits, fresh, tx.now, open)) {
      await tx.votes.saveFlag(flag)
      changed = true
    }
  }
  return changed
}
