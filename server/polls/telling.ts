import { tellPollOutside } from '../notifications/telling.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { isPublicPoll, pollView } from './rules.ts'
import type { StoredPoll } from './rules.ts'

/** Tells everybody how `poll` stands: the public first, so that the desk ends with what it alone may see. */
export async function tellPoll(tx: SessionCommit, poll: StoredPoll): Promise<void> {
  const tallies = await tx.polls.tallies(poll)
  if (isPublicPoll(poll)) tx.emit('public', { type: 'poll', poll: pollView(poll, tallies, 'public') })
  tx.emit('desk', { type: 'poll', poll: pollView(poll, tallies, 'desk') })
}

/** Closes `poll`, with the ledger's note of how many had answered by then. `by`: role and pseudonym. */
export async function closePoll(tx: SessionCommit, poll: StoredPoll, by: { role: string; actor: string }): Promise<StoredPoll> {
  const next: StoredPoll = { ...poll, state: 'closed', closedAt: tx.now, version: poll.version + 1 }
  await tx.polls.update(next)
  tx.note({ subject: 'poll', number: poll.number, action: 'close', from: poll.state, to: 'closed', ...by, reason: null, textDigest: null, detail: { votes: poll.answers } })
  await tellPoll(tx, next)
  tellPollOutside(tx, pollView(next, await tx.polls.tallies(next), 'public'))
  return next
}

/** Closes what is still open when its session takes no more answers. */
export async function closeOpenPolls(tx: SessionCommit, by: { role: string; actor: string }): Promise<void> {
  for (const poll of await tx.polls.inSession(tx.session.id)) if (poll.state === 'open') await closePoll(tx, poll, by)
}
