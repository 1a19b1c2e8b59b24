import type { PollState, PollView, SavePoll } from '../../shared/polls.ts'
import { RATINGS } from '../../shared/rules/polling.ts'

/** A poll as the server keeps it. */
export type StoredPoll = Omit<PollView, 'counts'> & { sessionId: string }

/** Choices with the people who gave them, most given first. */
export type Tally = { choice: string; people: number }

/** Words that are shown at most. */
export const WORDS_SHOWN = 100

/** Who looks: the desk sees drafts, what is hidden, and results that the public does not see yet. */
export type Eyes = 'public' | 'desk'

/** Whether the public may know of it at all. */
export const isPublicPoll = ({ state }: Pick<StoredPoll, 'state'>) => state !== 'draft'

function counted(poll: StoredPoll, tallies: readonly Tally[]): Record<string, number> {
  const given = new Map(tallies.map(({ choice, people }) => [choice, people]))
  switch (poll.kind) {
    case 'single':
    case 'multiple':
      return Object.fromEntries(poll.options.map(({ id }) => [id, given.get(id) ?? 0]))
    case 'rating':
      return Object.fromEntries(RATINGS.map((rating) => [rating, given.get(rating) ?? 0]))
    case 'words': {
      const hidden = new Set(poll.hidden)
      return Object.fromEntries(tallies.filter(({ choice, people }) => people > 0 && !hidden.has(choice)).slice(0, WORDS_SHOWN).map(({ choice, people }) => [choice, people]))
    }
  }
}

/** `poll` with its results, as `eyes` may see it. `tallies`: most given first, enough to leave out the hidden. */
export function pollView(poll: StoredPoll, tallies: readonly Tally[], eyes: Eyes): PollView {
  const { id, number, kind, title, options, maxChoices, showResults, state, openedAt, closedAt, version, answers } = poll
  const sees = eyes === 'desk' || state === 'closed' || showResults === 'live'
  return {
    id,
    number,
    kind,
    title,
    options,
    maxChoices,
    showResults,
    state,
    openedAt,
    closedAt,
    version,
    answers,
    counts: sees ? counted(poll, tallies) : null,
    hidden: eyes === 'desk' ? poll.hidden : [],
  }
}

type Content = Pick<StoredPoll, 'kind' | 'title' | 'options' | 'maxChoices' | 'showResults'>

/** What of a request is kept: as many choices as there are options, and one where there is but one to make. */
export function pollContent({ kind, title, options, maxChoices, showResults }: SavePoll): Content {
  return { kind, title, options, maxChoices: kind === 'multiple' ? Math.min(maxChoices, options.length) : 1, showResults }
}

/** Whether a retry says the same as what was kept. */
export function sameContent(a: Content, b: Content): boolean {
  const text = ({ kind, title, options, maxChoices, showResults }: Content) => JSON.stringify([kind, title, options.map(({ id, text: words }) => [id, words]), maxChoices, showResults])
  return text(a) === text(b)
}

/** The state that `action` leads to, or null when there is no such step. */
export function pollStep(state: PollState, action: 'open' | 'close' | 'hide_word'): PollState | null {
  switch (action) {
    case 'open':
      return state === 'open' ? null : 'open'
    case 'close':
      return state === 'open' ? 'closed' : null
    case 'hide_word':
      return state === 'draft' ? null : state
  }
}

/** Choices that one answer adds (1) and takes away (-1), in place of the one before. */
export function tallyChanges(before: readonly string[], after: readonly string[]): Map<string, number> {
  const changes = new Map<string, number>()
  for (const choice of after) if (!before.includes(choice)) changes.set(choice, 1)
  for (const choice of before) if (!after.includes(choice)) changes.set(choice, -1)
  return changes
}
