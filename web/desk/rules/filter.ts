import type { VoteFlag } from '../../../shared/moderation.ts'
import type { Channel, DeskQuestion } from '../../../shared/questions.ts'
import { isLate } from './waiting.ts'
import type { Clock } from './waiting.ts'

/** What a moderator looks for besides words: what the machine held, what votes look stuffed, what colleagues noted, what waits, what was not answered well. */
export const SITUATIONS = ['held', 'flagged', 'noted', 'late', 'objected', 'merged'] as const
type Situation = (typeof SITUATIONS)[number]

/** Questions without a topic or guest. */
export const NONE = 'none'

/** `null` in a part lets all pass. `topic`, `guest` and `forum` are ids, the first two also {@link NONE}. */
export type Filter = { query: string; situation: Situation | null; topic: string | null; guest: string | null; channel: Channel | null; forum: string | null }
export type Facet = Exclude<keyof Filter, 'query'>
export const NO_FILTER: Filter = { query: '', situation: null, topic: null, guest: null, channel: null, forum: null }

/** What a filter needs to know besides the question. */
export type FilterFacts = { /** Ids of questions with an open flag on their votes. */ flagged: ReadonlySet<string>; clock: Clock }

/** Words of a search, folded so that case and full-width forms do not matter. */
export function searchWords(query: string): string[] {
  return fold(query).split(/\s+/).filter(Boolean)
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** Whether a question has all the words in its text (either version), its asker's name, or as its number (`#12` exactly, `12` too). */
export function matches(question: DeskQuestion, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const haystack = fold(`${question.text}\n${question.originalText}\n${question.name ?? ''}\n${question.reason ?? ''}`)
  return words.every((word) => word.replace(/^#/, '') === String(question.number) || (!word.startsWith('#') && haystack.includes(word)))
}

function isIn(question: DeskQuestion, situation: Situation, { flagged, clock }: FilterFacts): boolean {
  switch (situation) {
    case 'held':
      return question.held.length > 0
    case 'flagged':
      return flagged.has(question.id)
    case 'noted':
      return question.notes.length > 0
    case 'late':
      return isLate(question, clock)
    case 'objected':
      return question.objections > 0
    case 'merged':
      return question.merged > 0
  }
}

/** Whether a question passes every part of the filter but the words. */
export function passes(question: DeskQuestion, filter: Omit<Filter, 'query'>, facts: FilterFacts): boolean {
  if (filter.situation !== null && !isIn(question, filter.situation, facts)) return false
  if (filter.topic !== null && (question.topicId ?? NONE) !== filter.topic) return false
  if (filter.guest !== null && (question.guestId ?? NONE) !== filter.guest) return false
  if (filter.forum !== null && question.forum?.id !== filter.forum) return false
  return filter.channel === null || question.channel === filter.channel
}

/** How many parts of the filter let only some pass, the words among them. */
export function activeParts({ query, ...facets }: Filter): number {
  return Object.values(facets).filter((value) => value !== null).length + (searchWords(query).length > 0 ? 1 : 0)
}

export const flaggedIds = (flags: readonly VoteFlag[]): ReadonlySet<string> => new Set(flags.filter(({ state }) => state === 'open').map(({ questionId }) => questionId))

export type FacetCounts = { situation: Record<Situation, number>; topic: ReadonlyMap<string, number>; guest: ReadonlyMap<string, number>; channel: ReadonlyMap<string, number>; forum: ReadonlyMap<string, number> }

/** How many of `questions` each choice of a filter would let pass by itself. */
export function countFacets(questions: Iterable<DeskQuestion>, facts: FilterFacts): FacetCounts {
  const situation: Record<Situation, number> = { held: 0, flagged: 0, noted: 0, late: 0, objected: 0, merged: 0 }
  const by = { topic: new Map<string, number>(), guest: new Map<string, number>(), channel: new Map<string, number>(), forum: new Map<string, number>() }
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  for (const question of questions) {
    if (question.state === 'merged') continue
    for (const name of SITUATIONS) if (isIn(question, name, facts)) situation[name] += 1
    count(by.topic, question.topicId ?? NONE)
    count(by.guest, question.guestId ?? NONE)
    count(by.channel, question.channel)
    if (question.forum) count(by.forum, question.forum.id)
  }
  return { situation, ...by }
}
