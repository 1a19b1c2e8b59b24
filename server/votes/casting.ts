import { RefusedError } from '../../shared/protocol/errors.ts'
import { takesVotes } from '../../shared/rules/questionLifecycle.ts'
import { takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import { personAudience, questionEvents } from '../questions/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { flagStuffing } from './flagging.ts'
import type { Ballot, Standing } from './store.ts'

export type GivenVote = { questionId: string; up: boolean; ballot: Ballot }

/** What one commit does to one question: each person's last word on it, and who of them is new. */
export type BallotBox = { question: StoredQuestion; up: Ballot[]; down: string[]; fresh: Ballot[]; gone: Standing }

/** By question: each person's last word on it. */
function lastWords(given: readonly GivenVote[]): Map<string, Map<string, GivenVote>> {
  const byQuestion = new Map<string, Map<string, GivenVote>>()
  for (const vote of given) {
    const people = byQuestion.get(vote.questionId) ?? new Map<string, GivenVote>()
    people.set(vote.ballot.personId, vote)
    byQuestion.set(vote.questionId, people)
  }
  return byQuestion
}

function refusal(tx: SessionCommit, question: StoredQuestion): RefusedError | null {
  if (!takesVotes(question.state)) return new RefusedError('wrong_state')
  return takesQuestions(tx.session, Date.parse(tx.now)) ? null : new RefusedError('closed')
}

/**
 * Writes votes, given and taken back, within `tx`, and flags what looks stuffed. Few statements, however many questions: a rush is spread over all of them.
 * @returns for each question its votes afterwards, or why it takes none
 */
export async function castVotes(tx: SessionCommit, given: readonly GivenVote[], newId: () => string): Promise<Map<string, number | RefusedError>> {
  if (given.length === 0) return new Map()
  const words = lastWords(given)
  const questions = new Map((await tx.questions.byIds([...words.keys()])).filter(({ sessionId }) => sessionId === tx.session.id).map((question) => [question.id, question]))
  const results = new Map<string, number | RefusedError>()
  const boxes: BallotBox[] = []
  for (const [questionId, people] of words) {
    const question = questions.get(questionId)
    const refused = question ? refusal(tx, question) : new RefusedError('not_found')
    if (!question || refused) {
      results.set(questionId, refused ?? new RefusedError('not_found'))
      continue
    }
    const votes = [...people.values()]
    const up = votes.filter((vote) => vote.up).map(({ ballot }) => ballot)
    const down = votes.filter((vote) => !vote.up).map(({ ballot }) => ballot.personId)
    boxes.push({ question, up, down, fresh: [], gone: { votes: 0, setAsideVotes: 0 } })
  }
  if (boxes.length === 0) return results
  await write(tx, boxes)
  const standing = await count(tx, boxes)
  for (const { question, up, down, gone } of boxes) {
    const counts = standing.get(question.id) ?? question
    results.set(question.id, counts.votes)
    for (const { personId } of up) tx.emit(personAudience(personId), { type: 'own_vote', questionId: question.id, up: true })
    for (const personId of down) tx.emit(personAudience(personId), { type: 'own_vote', questionId: question.id, up: false })
    // The public note names how many are set aside.
    if (gone.setAsideVotes > 0) for (const { audience, event } of questionEvents({ ...question, ...counts }, question.state)) tx.emit(audience, event)
  }
  tx.emit('public', { type: 'votes', counts: Object.fromEntries(boxes.map(({ question }) => [question.id, standing.get(question.id)?.votes ?? question.votes])) })
  if (await flagStuffing(tx, boxes, standing, newId)) tx.emit('desk', { type: 'vote_flags', flags: await tx.votes.flags(tx.session.id) })
  return results
}

/** Writes the rows, and notes in each box who is new and what is gone. */
async function write(tx: SessionCommit, boxes: BallotBox[]): Promise<void> {
  const added = new Set<string>()
  const key = (questionId: string, personId: string) => `${questionId} ${personId}`
  const rows = boxes.flatMap(({ question, up }) => up.map((ballot) => ({ ...ballot, questionId: question.id })))
  for (const { questionId, personId } of await tx.votes.cast(rows, tx.now)) added.add(key(questionId, personId))
  for (const box of boxes) {
    const isNew = ({ personId }: Ballot) => added.has(key(box.question.id, personId))
    box.fresh = box.up.filter(isNew)
    if (box.question.merged > 0 && box.fresh.length < box.up.length) await tx.votes.claim(box.question.id, box.up.filter((ballot) => !isNew(ballot)), tx.now)
    if (box.down.length > 0) box.gone = await tx.votes.takeBack(box.question.id, box.down)
  }
}

/** @returns by question what stands now */
async function count(tx: SessionCommit, boxes: BallotBox[]): Promise<Map<string, Standing>> {
  const standing = await tx.votes.move(new Map(boxes.map(({ question, fresh, gone }) => [question.id, { votes: fresh.length - gone.votes, setAsideVotes: -gone.setAsideVotes }])))
  for (const { question, down } of boxes) {
    if (question.merged === 0 || down.length === 0) continue
    // Who takes their own vote back goes on counting through what they asked or voted for and what was merged.
    const merged = await tx.merging.under(question.id)
    await tx.merging.gather(question.id, merged.map(({ id }) => id), tx.now, down)
    standing.set(question.id, await tx.votes.recount(question.id))
  }
  return standing
}
