import type { PublicQuestion } from '../questions.ts'

/** The promise a host makes in public on which questions are taken. Parts set to 0 are not promised. */
export type SelectionRule = {
  /** So many of those with most votes are answered or publicly declined. */
  top: number
  /** So many of each topic are answered, where there are that many. */
  perTopic: number
  /** Votes are weighed by the time a question was open to them, so that the early bird has no head start. */
  correctEarly: boolean
}

/** What a judge needs to know of a question that was public at some time. */
export type Candidate = Pick<PublicQuestion, 'id' | 'number' | 'state' | 'votes' | 'publicAt' | 'askedAt' | 'answeredAt' | 'topicId'>

export type RuleItem = { number: number; votes: number; fate: 'answered' | 'declined' | 'open' }
/** `kept` null: not decided yet. */
export type RuleVerdict = {
  rule: SelectionRule
  top: { kept: boolean | null; items: RuleItem[] } | null
  topics: { kept: boolean | null; items: { topicId: string; answered: number; needed: number }[] } | null
}

/** Minutes that every question is taken to have been open at least: keeps one of a few seconds from leading by a single vote. */
const LEAST_MINUTES = 10

/** Votes as they count for the order: as they are, or over the square root of the minutes they could be given in. */
export function score(question: Pick<Candidate, 'votes' | 'publicAt' | 'askedAt' | 'answeredAt'>, correctEarly: boolean, now: number): number {
  if (!correctEarly || question.publicAt === null) return question.votes
  const until = question.askedAt ?? question.answeredAt
  const open = (until === null ? now : Date.parse(until)) - Date.parse(question.publicAt)
  return question.votes / Math.sqrt(Math.max(LEAST_MINUTES, open / 60_000) / LEAST_MINUTES)
}

/** Comparator by {@link score}, best first; ties fall to the earlier question. */
export function compareScores(correctEarly: boolean, now: number): (a: Candidate, b: Candidate) => number {
  return (a, b) => score(b, correctEarly, now) - score(a, correctEarly, now) || a.number - b.number
}

function fateOf(question: Candidate): RuleItem['fate'] {
  if (question.state === 'answered' || question.state === 'asking') return 'answered'
  return question.state === 'declined' ? 'declined' : 'open'
}

/**
 * Whether the host's promise was kept.
 * @param candidates every question that was ever open to votes and was not withdrawn or merged
 * @param now the server's clock, in milliseconds; votes stopped counting at the session's end, so give that once there is one
 * @param over whether the session has ended: what is open then is broken, before it is undecided
 */
export function judgeRule(rule: SelectionRule, topicIds: readonly string[], candidates: readonly Candidate[], now: number, over: boolean): RuleVerdict {
  const decided = (kept: boolean): boolean | null => (kept ? true : over ? false : null)
  const ranked = [...candidates].sort(compareScores(rule.correctEarly, now))
  // What nobody voted for leads nothing, however few were voted for.
  const top = ranked.filter(({ votes }) => votes > 0).slice(0, rule.top).map((question): RuleItem => ({ number: question.number, votes: question.votes, fate: fateOf(question) }))
  const topics = topicIds.map((topicId) => {
    const ofTopic = candidates.filter((question) => question.topicId === topicId && question.state !== 'declined')
    return { topicId, answered: ofTopic.filter((question) => fateOf(question) === 'answered').length, needed: Math.min(rule.perTopic, ofTopic.length) }
  })
  return {
    rule,
    // While votes still move, the order may change: only the end makes it certain.
    top: rule.top === 0 ? null : { kept: over ? top.every(({ fate }) => fate !== 'open') : null, items: top },
    topics: rule.perTopic === 0 ? null : { kept: decided(topics.every(({ answered, needed }) => answered >= needed)), items: topics },
  }
}

/** The order in which a host might take what waits: topics in turn, those least answered first, and within each by {@link score}. */
export function suggestOrder<Q extends Candidate>(waiting: readonly Q[], answered: readonly Candidate[], correctEarly: boolean, now: number): Q[] {
  const turns = new Map<string | null, number>()
  for (const { topicId } of answered) turns.set(topicId, (turns.get(topicId) ?? 0) + 1)
  const ranked = [...waiting].sort(compareScores(correctEarly, now))
  // Within a topic each question stands one turn behind the one before it, so turn and rank together are the order.
  return ranked
    .map((question, rank) => {
      const turn = turns.get(question.topicId) ?? 0
      turns.set(question.topicId, turn + 1)
      return { question, rank, turn }
    })
    .sort((a, b) => a.turn - b.turn || a.rank - b.rank)
    .map(({ question }) => question)
}
