import { questionStep } from '../../shared/rules/questionLifecycle.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { applyStep, branch, underRoot } from './rules.ts'
import type { StoredQuestion } from './rules.ts'

/** A question that moved along with another one's step: `split` stands for itself again, `merge` has another root than before. Written already. */
type Moved = { question: StoredQuestion; action: 'split' | 'merge' }
/** The question of the step, as written, and what moved along. */
export type Rearranged = { question: StoredQuestion; moved: Moved[] }

const idsOf = (questions: readonly StoredQuestion[]) => questions.map(({ id }) => id)

/** Writes a question with so many voices more or less. @returns it as written */
async function write(tx: SessionCommit, question: StoredQuestion, voices: number): Promise<StoredQuestion> {
  await tx.questions.update(question)
  if (voices === 0) return question
  const moved = await tx.votes.move(new Map([[question.id, { votes: voices, setAsideVotes: 0 }]]))
  return { ...question, ...moved.get(question.id) }
}

async function hang(tx: SessionCommit, below: readonly StoredQuestion[], root: StoredQuestion): Promise<Moved[]> {
  const moved = below.map((question): Moved => ({ question: underRoot(question, root), action: 'merge' }))
  for (const { question } of moved) await tx.questions.update(question)
  return moved
}

/** The root stands for those of `leaving` no more; their voices go with them, but of people who also came through another one. */
async function leave(tx: SessionCommit, rootId: string, leaving: readonly string[]): Promise<void> {
  const root = await tx.questions.byId(rootId)
  if (!root) return
  const people = await tx.merging.release(rootId, leaving)
  const gone = new Set(leaving)
  const rest = (await tx.merging.idsUnder(rootId)).filter((id) => !gone.has(id))
  await write(tx, { ...root, merged: rest.length }, (await tx.merging.gather(rootId, rest, tx.now, people)) - people.length)
}

/** `merged` (after its step; `before` it) counts for `root` from now on, with all that it stood for itself. */
export async function graft(tx: SessionCommit, merged: StoredQuestion, before: StoredQuestion, root: StoredQuestion): Promise<Rearranged> {
  const below = before.merged === 0 ? [] : await tx.merging.under(merged.id)
  const released = await tx.merging.release(merged.id, idsOf(below))
  const question = await write(tx, merged, -released.length)
  const moved = await hang(tx, below, root)
  await write(tx, { ...root, merged: root.merged + 1 + below.length }, await tx.merging.gather(root.id, [merged.id, ...idsOf(below)], tx.now))
  return { question, moved }
}

/** `split` (after its step; `rootId` stood for it) counts for itself again, with all that it had stood for when it was merged. */
export async function cut(tx: SessionCommit, split: StoredQuestion, rootId: string): Promise<Rearranged> {
  const below = await tx.merging.below(split.id)
  await leave(tx, rootId, [split.id, ...idsOf(below)])
  const question = await write(tx, { ...split, merged: below.length }, await tx.merging.gather(split.id, idsOf(below), tx.now))
  return { question, moved: await hang(tx, below, split) }
}

/** A merged question is withdrawn: only its own voice goes; what had been merged into it stays with `rootId`. */
export async function prune(tx: SessionCommit, withdrawn: StoredQuestion, before: StoredQuestion, rootId: string): Promise<Rearranged> {
  await tx.merging.rehang(withdrawn.id, before.parentId)
  await leave(tx, rootId, [withdrawn.id])
  await tx.questions.update(withdrawn)
  return { question: withdrawn, moved: [] }
}

/** A question that stood for others is withdrawn: each that was merged into it stands for itself again, with what it had stood for. */
export async function scatter(tx: SessionCommit, withdrawn: StoredQuestion): Promise<Rearranged> {
  const all = await tx.merging.under(withdrawn.id)
  const released = await tx.merging.release(withdrawn.id, idsOf(all))
  const question = await write(tx, withdrawn, -released.length)
  const moved: Moved[] = []
  for (const child of all.filter(({ parentId }) => parentId === withdrawn.id)) {
    const step = questionStep('merged', 'split', child.publicAt !== null)
    if (!step) continue
    const below = branch(all, child.id).filter(({ id }) => id !== child.id)
    const act = { action: 'split', sessionId: child.sessionId, questionId: child.id, expectedVersion: child.version } as const
    const split = { ...applyStep(child, step, act, { now: tx.now }), merged: below.length }
    moved.push({ question: await write(tx, split, await tx.merging.gather(child.id, idsOf(below), tx.now)), action: 'split' }, ...(await hang(tx, below, split)))
  }
  return { question, moved }
}
