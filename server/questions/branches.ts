import { questionStep } from '../../shared/rules/questionLifecycle.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { applyStep, branch, underRoot } from './rules.ts'
import type { StoredQuestion } from './rules.ts'

/** A question that moved along with another one's step: `split` stands for itself again, `merge` has another root than before. Written already. */
export type Moved = { question: StoredQuestion; action: 'split' | 'merge' }

const idsOf = (questions: readonly StoredQuestion[]) => questions.map(({ id }) => id)

/** Makes `root` stand for all of `below` again, or no longer for any other: their voices and their number. @returns it as written */
async function standFor(tx: SessionCommit, root: StoredQuestion, below: readonly StoredQuestion[]): Promise<StoredQuestion> {
  await tx.merging.gather(root.id, idsOf(below), tx.now)
  const counted = { ...root, merged: below.length, ...(await tx.votes.recount(root.id)) }
  await tx.questions.update(counted)
  return counted
}

async function hang(tx: SessionCommit, below: readonly StoredQuestion[], root: StoredQuestion): Promise<Moved[]> {
  const moved = below.map((question): Moved => ({ question: underRoot(question, root), action: 'merge' }))
  for (const { question } of moved) await tx.questions.update(question)
  return moved
}

/** `merged` (after its step) counts for `root` from now on, with all that it stood for itself. */
export async function graft(tx: SessionCommit, merged: StoredQuestion, root: StoredQuestion): Promise<{ question: StoredQuestion; moved: Moved[] }> {
  const below = await tx.merging.under(merged.id)
  await tx.merging.release(merged.id, idsOf(below))
  const question = { ...merged, ...(await tx.votes.recount(merged.id)) }
  await tx.questions.update(question)
  const moved = await hang(tx, below, root)
  await standFor(tx, root, await tx.merging.under(root.id))
  return { question, moved }
}

/** `split` (after its step, `rootId` stood for it) counts for itself again, with all that it had stood for when it was merged. */
export async function cut(tx: SessionCommit, split: StoredQuestion, rootId: string): Promise<{ question: StoredQuestion; moved: Moved[] }> {
  const all = await tx.merging.under(rootId)
  const part = branch(all, split.id)
  await tx.merging.release(rootId, idsOf(part))
  const below = part.filter(({ id }) => id !== split.id)
  const question = await standFor(tx, split, below)
  const root = await tx.questions.byId(rootId)
  const inPart = new Set(idsOf(part))
  if (root) await standFor(tx, root, all.filter(({ id }) => !inPart.has(id)))
  return { question, moved: await hang(tx, below, split) }
}

/** A merged question is withdrawn: only its own voice goes; what had been merged into it stays with `rootId`. */
export async function prune(tx: SessionCommit, withdrawn: StoredQuestion, before: Pick<StoredQuestion, 'parentId'>, rootId: string): Promise<{ question: StoredQuestion; moved: Moved[] }> {
  const rest = (await tx.merging.under(rootId)).filter(({ id }) => id !== withdrawn.id)
  for (const question of rest) if (question.parentId === withdrawn.id) await tx.questions.update({ ...question, parentId: before.parentId })
  await tx.merging.release(rootId, [withdrawn.id])
  await tx.questions.update(withdrawn)
  const root = await tx.questions.byId(rootId)
  if (root) await standFor(tx, root, rest)
  return { question: withdrawn, moved: [] }
}

/** A question that stood for others is withdrawn: each that was merged into it stands for itself again, with what it had stood for. */
export async function scatter(tx: SessionCommit, withdrawn: StoredQuestion): Promise<{ question: StoredQuestion; moved: Moved[] }> {
  const all = await tx.merging.under(withdrawn.id)
  await tx.merging.release(withdrawn.id, idsOf(all))
  const question = await standFor(tx, withdrawn, [])
  const moved: Moved[] = []
  for (const child of all.filter(({ parentId }) => parentId === withdrawn.id)) {
    const step = questionStep('merged', 'split', child.publicAt !== null)
    if (!step) continue
    const below = branch(all, child.id).filter(({ id }) => id !== child.id)
    const act = { action: 'split', sessionId: child.sessionId, questionId: child.id, expectedVersion: child.version } as const
    const split = await standFor(tx, applyStep(child, step, act, { now: tx.now }), below)
    moved.push({ question: split, action: 'split' }, ...(await hang(tx, below, split)))
  }
  return { question, moved }
}
