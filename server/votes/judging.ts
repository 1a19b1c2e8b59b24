import type { JudgeFlag } from '../../shared/moderation.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { actingRole } from '../../shared/rules/permissions.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import type { Access } from '../accounts/access.ts'
import { ledgerName, questionEvents, textDigest } from '../questions/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { NO_SOURCE } from './rules.ts'
import type { StoredFlag } from './rules.ts'

export type JudgeService = ReturnType<typeof createJudgeService>

/** What the host decides on votes that look stuffed. Nothing is ever deleted: what is set aside can be put back. */
export function createJudgeService(deps: { access: Access; commit: CommitToSession; secret: string }) {
  const { access, commit, secret } = deps

  function note(tx: SessionCommit, actor: Actor, question: StoredQuestion, action: 'set_aside' | 'restore_votes', votes: number, reason: string): void {
    const role = actingRole(actor, 'votes.judge')
    tx.note({
      subject: 'question',
      number: question.number,
      action,
      from: question.state,
      to: question.state,
      role,
      actor: ledgerName(secret, tx.session.id, actor.personId, { role, number: question.number }),
      reason: reason === '' ? null : reason,
      textDigest: question.text === '' ? null : textDigest(question.salt, question.text),
      detail: { votes },
    })
  }

  return {
    /**
     * The same verdict with the same note once more changes nothing.
     * @throws RefusedError `forbidden`, `not_found`, `wrong_state` once nobody knows any more which votes it is about
     */
    async judge(personId: string, { sessionId, flagId, verdict, note: words }: JudgeFlag): Promise<null> {
      const actor = await access.require(personId, sessionId, 'votes.judge')
      const by = await access.signature(actor, sessionId)
      return commit(sessionId, async (tx) => {
        const flag = await tx.votes.flagById(flagId)
        const question = flag && (await tx.questions.byId(flag.questionId))
        if (!flag || !question || flag.sessionId !== sessionId) throw new RefusedError('not_found')
        if (flag.source === NO_SOURCE) throw new RefusedError('wrong_state')
        const publicNote = verdict === 'set_aside' ? words : ''
        if (flag.state === verdict && flag.note === publicNote) return null
        const judged: StoredFlag = { ...flag, state: verdict, note: publicNote, by: verdict === 'open' ? null : by }
        const changesCount = verdict === 'set_aside' || flag.state === 'set_aside'
        if (changesCount) {
          const moved = await moveVotes(tx, judged)
          const next = await recount(tx, question, judged)
          note(tx, actor, next, verdict === 'set_aside' ? 'set_aside' : 'restore_votes', moved, words)
          for (const { audience, event } of questionEvents(next, question.state)) tx.emit(audience, event)
          await tx.votes.saveFlag(verdict === 'set_aside' ? { ...judged, votes: moved } : judged)
        } else await tx.votes.saveFlag(judged)
        tx.emit('desk', { type: 'vote_flags', flags: await tx.votes.flags(sessionId) })
        return null
      })
    },
  }
}

/** Puts all of the flag's votes back and, when it says so, takes them out anew. @returns how many it takes out, or how many came back */
async function moveVotes(tx: SessionCommit, flag: StoredFlag): Promise<number> {
  const back = await tx.votes.restore(flag.id, flag.questionId)
  if (flag.state === 'set_aside') return tx.votes.setAside(flag)
  // A vote may be part of two flags: what another one still holds against it stays out.
  let kept = 0
  for (const other of await tx.votes.flagsOf(flag.sessionId, [flag.questionId])) if (other.id !== flag.id && other.state === 'set_aside') kept += await tx.votes.setAside(other)
  return back - kept
}

/** The question with its counts as they now stand; so is the one that stands for it, when it was merged. */
async function recount(tx: SessionCommit, question: StoredQuestion, judged: StoredFlag): Promise<StoredQuestion> {
  const standing = await tx.votes.recount(question.id)
  const others = (await tx.votes.flagsOf(judged.sessionId, [question.id])).filter(({ id, state }) => id !== judged.id && state === 'set_aside')
  const setAsideNote = judged.state === 'set_aside' ? judged.note : (others.at(-1)?.note ?? null)
  const next: StoredQuestion = { ...question, ...standing, setAsideNote, version: question.version + 1 }
  await tx.questions.update(next)
  if (question.mergedIntoId !== null) {
    const rootId = question.mergedIntoId
    const sources = (await tx.merging.under(rootId)).map(({ id }) => id)
    await tx.merging.release(rootId, sources)
    await tx.merging.gather(rootId, sources, tx.now)
    const root = await tx.questions.byId(rootId)
    if (root) for (const { audience, event } of questionEvents({ ...root, ...(await tx.votes.recount(rootId)) }, root.state)) tx.emit(audience, event)
  }
  return next
}
