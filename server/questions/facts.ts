import type { Role } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { QuestionAct, SubmitQuestion } from '../../shared/questions.ts'
import { takesMerges } from '../../shared/rules/questionLifecycle.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import type { Screening } from '../moderation/screening.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import type { StepFacts, StoredQuestion } from './rules.ts'

/** @throws RefusedError `not_found` when the session has no such topic */
export function checkTopic(tx: SessionCommit, topicId: string | null): void {
  if (topicId !== null && !tx.session.settings.topics.some(({ id }) => id === topicId)) throw new RefusedError('not_found')
}

/** @throws RefusedError `not_found` when it is not this person's picture, for this session, or another question shows it */
export async function checkPicture(tx: SessionCommit, personId: string, questionId: string, pictureId: string | null): Promise<void> {
  if (pictureId === null) return
  const [owner, used] = [await tx.pictures.ownerOf(pictureId), await tx.questions.withPicture(pictureId)]
  const free = used === null || used.id === questionId
  if (owner?.personId !== personId || owner.sessionId !== tx.session.id || !free) throw new RefusedError('not_found')
}

/**
 * The number of the question that a new one of `personId` follows up: their own, on air or answered, or the one that stands for theirs.
 * @throws RefusedError `not_found` when it is not theirs, `wrong_state` when it has no answer yet
 */
export async function followed(tx: SessionCommit, personId: string, follows: SubmitQuestion['follows']): Promise<number | null> {
  if (follows === null) return null
  const own = await tx.questions.byId(follows)
  if (!own || own.sessionId !== tx.session.id || own.personId !== personId) throw new RefusedError('not_found')
  const standing = own.mergedIntoId === null ? own : await tx.questions.byId(own.mergedIntoId)
  if (standing?.state !== 'asking' && standing?.state !== 'answered') throw new RefusedError('wrong_state')
  return standing.number
}

/** Who answers for the host's office, and on a guest's behalf. */
const OFFICE: readonly Role[] = ['host', 'admin']

/**
 * Who answers in writing: the guest named, or the host's office.
 * @throws RefusedError `not_found` for no guest of this session, `forbidden` for a guest who speaks for another or would put theirs in place of another's answer
 */
async function writtenAnswer(tx: SessionCommit, actor: Actor, question: StoredQuestion, act: Extract<QuestionAct, { action: 'reply' }>): Promise<NonNullable<StepFacts['answer']>> {
  const grants = (await tx.accounts.grantsOfPerson(actor.personId, tx.now)).filter((grant) => grant.sessionId === null || grant.sessionId === tx.session.id)
  if (!OFFICE.some((role) => actor.roles.includes(role))) {
    const speaks = act.guestId !== null && grants.some((grant) => grant.role === 'guest' && grant.guestId === act.guestId)
    if (!speaks || (question.answer !== null && question.answer.guestId !== act.guestId)) throw new RefusedError('forbidden')
  }
  if (act.guestId === null) return { text: act.text, guestId: null, name: grants.find((grant) => OFFICE.includes(grant.role))?.name ?? '', post: '', at: tx.now }
  const guest = tx.session.guests.find(({ id }) => id === act.guestId)
  if (!guest) throw new RefusedError('not_found')
  return { text: act.text, guestId: guest.id, name: guest.name, post: guest.post, at: tx.now }
}

/** The question that others are to be merged into. @throws RefusedError `not_found`, `wrong_state` when it is the same one or takes none */
async function mergeTarget(tx: SessionCommit, question: StoredQuestion, intoId: string): Promise<StoredQuestion> {
  const root = await tx.questions.byId(intoId)
  if (!root || root.sessionId !== tx.session.id) throw new RefusedError('not_found')
  if (root.id === question.id || !takesMerges(root.state)) throw new RefusedError('wrong_state')
  return root
}

/**
 * Looks up and checks all that `act` names, before anything is written.
 * @throws RefusedError `not_found`, `wrong_state`, `forbidden`
 */
export async function lookUp(tx: SessionCommit, screening: Screening, actor: Actor, question: StoredQuestion, act: QuestionAct): Promise<StepFacts & { root?: StoredQuestion }> {
  const { now } = tx
  switch (act.action) {
    case 'label':
      checkTopic(tx, act.topicId)
      return { now }
    case 'assign':
      if (act.guestId !== null && !tx.session.guests.some(({ id }) => id === act.guestId)) throw new RefusedError('not_found')
      return { now }
    case 'reply':
      return { now, answer: await writtenAnswer(tx, actor, question, act) }
    case 'merge': {
      const root = await mergeTarget(tx, question, act.intoId)
      return { now, root, into: { id: root.id, number: root.number } }
    }
    case 'revise':
      if (act.topicId !== question.topicId) checkTopic(tx, act.topicId)
      await checkPicture(tx, question.personId, question.id, act.pictureId)
      return { now, held: await screening(tx, question.asker, [act.text, question.name ?? '']) }
    case 'approve':
    case 'decline':
    case 'edit':
    case 'air':
    case 'time':
    case 'answer':
    case 'split':
    case 'take_back':
    case 'withdraw':
      return { now }
  }
}
