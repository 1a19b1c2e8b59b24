import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { PollAct, PollView, SavePoll } from '../../shared/polls.ts'
import { takesPolls } from '../../shared/rules/polling.ts'
import type { Access } from '../accounts/access.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { signing } from '../sessions/noting.ts'
import { sessionView } from '../sessions/rules.ts'
import { pollContent, pollStep, pollView, sameContent } from './rules.ts'
import type { StoredPoll } from './rules.ts'
import { closePoll, tellPoll } from './telling.ts'

export type PollService = ReturnType<typeof createPollService>

/** What a host does with polls. Answers come in through answers.ts. */
export function createPollService(deps: { access: Access; commit: CommitToSession; secret: string }) {
  const { access, commit, secret } = deps

  const deskView = async (tx: SessionCommit, poll: StoredPoll): Promise<PollView> => pollView(poll, await tx.polls.tallies(poll), 'desk')

  /** @throws RefusedError `not_found`, `stale` with the poll as it stands */
  async function standing(tx: SessionCommit, pollId: string, expectedVersion: number | null): Promise<StoredPoll> {
    const poll = await tx.polls.byId(pollId)
    if (!poll || poll.sessionId !== tx.session.id) throw new RefusedError('not_found')
    if (poll.version !== expectedVersion) throw new RefusedError('stale', { current: await deskView(tx, poll) })
    return poll
  }

  async function make(tx: SessionCommit, input: SavePoll): Promise<StoredPoll> {
    if ((await tx.polls.inSession(tx.session.id)).length >= LIMITS.pollsPerSession) throw new RefusedError('invalid_input', { issues: [{ path: 'id', code: 'too_many' }] })
    const number = tx.session.pollCount + 1
    const poll: StoredPoll = { id: input.id, sessionId: tx.session.id, number, ...pollContent(input), state: 'draft', openedAt: null, closedAt: null, version: 1, answers: 0, hidden: [] }
    await tx.polls.insert(poll)
    tx.update({ pollCount: number })
    return poll
  }

  async function open(tx: SessionCommit, poll: StoredPoll, by: { role: string; actor: string }): Promise<StoredPoll> {
    if (!takesPolls(tx.session, Date.parse(tx.now))) throw new RefusedError('closed', { current: sessionView(tx.session) })
    const next: StoredPoll = { ...poll, state: 'open', openedAt: poll.openedAt ?? tx.now, closedAt: null, version: poll.version + 1 }
    await tx.polls.update(next)
    tx.note({ subject: 'poll', number: poll.number, action: 'open', from: poll.state, to: 'open', ...by, reason: null, textDigest: null })
    await tellPoll(tx, next)
    return next
  }

  /** What the public counts changes by it: the ledger keeps that it was done, not the word. */
  async function hideWord(tx: SessionCommit, poll: StoredPoll, word: string, hidden: boolean, by: { role: string; actor: string }): Promise<StoredPoll> {
    const others = poll.hidden.filter((other) => other !== word)
    const next: StoredPoll = { ...poll, hidden: hidden ? [...others, word] : others, version: poll.version + 1 }
    await tx.polls.update(next)
    tx.note({ subject: 'poll', number: poll.number, action: hidden ? 'hide_word' : 'show_word', from: poll.state, to: poll.state, ...by, reason: null, textDigest: null })
    await tellPoll(tx, next)
    return next
  }

  return {
    /**
     * Makes a draft or changes it. A retry with the same id and content answers with what the first made.
     * @throws RefusedError `forbidden`, `not_found`, `invalid_input` when there are too many, `stale` and `wrong_state` with the poll as it stands in `current`
     */
    async save(personId: string, input: SavePoll): Promise<PollView> {
      await access.require(personId, input.sessionId, 'poll.manage')
      return commit(input.sessionId, async (tx) => {
        if (input.expectedVersion === null) {
          const existing = await tx.polls.byId(input.id)
          if (existing && existing.sessionId !== tx.session.id) throw new RefusedError('forbidden')
          if (existing && !sameContent(existing, pollContent(input))) throw new RefusedError('stale', { current: await deskView(tx, existing) })
          if (existing) return deskView(tx, existing)
          const made = await make(tx, input)
          await tellPoll(tx, made)
          return deskView(tx, made)
        }
        const poll = await standing(tx, input.id, input.expectedVersion)
        if (poll.state !== 'draft') throw new RefusedError('wrong_state', { current: await deskView(tx, poll) })
        const next: StoredPoll = { ...poll, ...pollContent(input), version: poll.version + 1 }
        await tx.polls.update(next)
        await tellPoll(tx, next)
        return deskView(tx, next)
      })
    },

    /**
     * @returns the poll's version afterwards
     * @throws RefusedError `forbidden`, `not_found`, `closed` when the session takes no answers now, `stale` and `wrong_state` with the poll as it stands in `current`
     */
    async act(personId: string, act: PollAct): Promise<number> {
      const actor = await access.require(personId, act.sessionId, 'poll.manage')
      const by = signing(secret, act.sessionId, actor, 'poll.manage')
      return commit(act.sessionId, async (tx) => {
        const poll = await standing(tx, act.pollId, act.expectedVersion)
        const possible = act.action === 'delete' ? poll.state === 'draft' : act.action === 'hide_word' && poll.kind !== 'words' ? false : pollStep(poll.state, act.action) !== null
        if (!possible) throw new RefusedError('wrong_state', { current: await deskView(tx, poll) })
        switch (act.action) {
          case 'open':
            return (await open(tx, poll, by)).version
          case 'close':
            return (await closePoll(tx, poll, by)).version
          case 'hide_word':
            return (await hideWord(tx, poll, act.word, act.hidden, by)).version
          case 'delete':
            await tx.polls.delete(poll.id)
            tx.emit('desk', { type: 'poll_deleted', id: poll.id })
            return poll.version
        }
      })
    },
  }
}
