import { RefusedError } from '../../shared/protocol/errors.ts'
import { takesVotes } from '../../shared/rules/questionLifecycle.ts'
import { takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import { personAudience, questionEvents } from '../questions/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { STUFFING, growFlags, needsTotal, suspects, windowStart } from './rules.ts'
import type { StoredFlag } from './rules.ts'
import type { Ballot, Standing } from './store.ts'

export type GivenVote = { questionId: string; up: boolean; ballot: Ballot }

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

function refusal(tx: SessionCommit, question: StoredQuestion | null): RefusedError | null {
  if (!question || question.sessionId !== tx.session.id) return new RefusedError('not_found')
  if (!takesVotes(question.state)) return new RefusedError('wrong_state')
  return takesQuestions(tx.session, Date.parse(tx.now)) ? null : new RefusedError('closed')
}

/**
 * Writes votes, given and taken back, within `tx`, and flags what looks stuffed.
 * @returns for each question its votes afterwards, or why it takes none
 */
export async function castVotes(tx: SessionCommit, given: readonly GivenVote[], newId: () => string): Promise<Map<string, number | RefusedError>> {
  const results = new Map<string, number | RefusedError>()
  const counts: Record<string, number> = {}
  let flagged = false
  for (const [questionId, people] of lastWords(given)) {
    const question = await tx.questions.byId(questionId)
    const refused = refusal(tx, question)
    if (refused || !question) {
      results.set(questionId, refused ?? new RefusedError('not_found'))
      continue
    }
    const votes = [...people.values()]
    const up = votes.filter(({ up: wants }) => wants).map(({ ballot }) => ballot)
    const down = votes.filter(({ up: wants }) => !wants).map(({ ballot }) => ballot.personId)
    const fresh = await give(tx, question, up)
    const gone = await tx.votes.takeBack(questionId, down)
    let standing = await tx.votes.move(questionId, { votes: fresh.length - gone.votes, setAsideVotes: -gone.setAsideVotes })
    if (down.length > 0 && question.merged > 0) standing = await countVia(tx, questionId, down)
    if (fresh.length > 0 && (await flag(tx, { ...question, ...standing }, fresh, newId))) flagged = true
    results.set(questionId, standing.votes)
    counts[questionId] = standing.votes
    for (const { ballot, up: wants } of votes) tx.emit(personAudience(ballot.personId), { type: 'own_vote', questionId, up: wants })
    // The public note names how many are set aside.
    if (gone.setAsideVotes > 0) for (const { audience, event } of questionEvents({ ...question, ...standing }, question.state)) tx.emit(audience, event)
  }
  if (Object.keys(counts).length > 0) tx.emit('public', { type: 'votes', counts })
  if (flagged) tx.emit('desk', { type: 'vote_flags', flags: await tx.votes.flags(tx.session.id) })
  return results
}

/** @returns the votes that are new */
async function give(tx: SessionCommit, question: StoredQuestion, ballots: Ballot[]): Promise<Ballot[]> {
  const added = await tx.votes.cast(question.id, ballots, tx.now)
  const known = ballots.filter(({ personId }) => !added.has(personId))
  if (known.length > 0 && question.merged > 0) await tx.votes.claim(question.id, known, tx.now)
  return ballots.filter(({ personId }) => added.has(personId))
}

/** Who takes their own vote back goes on counting through what they asked or voted for and what was merged. */
async function countVia(tx: SessionCommit, questionId: string, people: string[]): Promise<Standing> {
  const merged = await tx.merging.under(questionId)
  await tx.merging.gather(questionId, merged.map(({ id }) => id), tx.now, people)
  return tx.votes.recount(questionId)
}

/** Opens or grows the question's flags. @returns whether any changed */
async function flag(tx: SessionCommit, question: StoredQuestion, fresh: Ballot[], newId: () => string): Promise<boolean> {
  // Below this no source can have too many.
  if (question.votes + question.setAsideVotes < STUFFING.device.least) return false
  const since = windowStart(tx.now)
  const tallies = await tx.votes.tallies(question.id, since, STUFFING.device.least)
  const hits = tallies.length === 0 ? [] : suspects(tallies, needsTotal(tallies) ? await tx.votes.countSince(question.id, since) : 0)
  const flags = await tx.votes.flagsOfQuestion(tx.session.id, question.id)
  const changed = growFlags(flags, hits, fresh, tx.now, ({ kind, source, votes, firstAt }): StoredFlag => ({
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
  }))
  for (const each of changed) await tx.votes.saveFlag(each)
  return changed.length > 0
}
