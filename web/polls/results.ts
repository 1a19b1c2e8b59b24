import type { PollView } from '../../shared/polls.ts'
import { RATINGS } from '../../shared/rules/polling.ts'

/** One line of the results. `share`: of the people who answered, 0 to 1. `scale`: length of its bar, 0 to 1. */
export type ResultLine = { key: string; label: string; people: number; share: number; scale: number; own: boolean }

/** Words that are shown before the reader asks for all. */
export const WORDS_AT_FIRST = 12

/**
 * The results as lines: options in their order, ratings from the best, words from the most given. Empty while results are not to be seen.
 * @param own what the reader chose
 */
export function resultLines(poll: PollView, own: readonly string[]): ResultLine[] {
  const { counts } = poll
  if (!counts) return []
  const lines = labelled(poll, counts).map(({ key, label }) => ({ key, label, people: counts[key] ?? 0 }))
  // Words have no whole to be part of: the most given one is the measure.
  const measure = poll.kind === 'words' ? Math.max(1, ...lines.map(({ people }) => people)) : Math.max(1, poll.answers)
  return lines.map((line) => ({ ...line, share: line.people / Math.max(1, poll.answers), scale: line.people / measure, own: own.includes(line.key) }))
}

function labelled(poll: PollView, counts: Record<string, number>): { key: string; label: string }[] {
  switch (poll.kind) {
    case 'single':
    case 'multiple':
      return poll.options.map(({ id, text }) => ({ key: id, label: text }))
    case 'rating':
      return RATINGS.toReversed().map((rating) => ({ key: rating, label: rating }))
    case 'words':
      return Object.entries(counts)
        .sort(([a, byA], [b, byB]) => byB - byA || (a < b ? -1 : 1))
        .map(([word]) => ({ key: word, label: word }))
  }
}

/** What a reader chose, as it reads on the poll, whether results are to be seen or not. */
export function labelsOf(poll: Pick<PollView, 'options'>, own: readonly string[]): string[] {
  return own.map((choice) => poll.options.find(({ id }) => id === choice)?.text ?? choice)
}

/** Mean of a rating, or null while nobody has rated or results are not to be seen. */
export function averageRating(poll: PollView): number | null {
  const { counts } = poll
  if (poll.kind !== 'rating' || !counts) return null
  const people = RATINGS.reduce((sum, rating) => sum + (counts[rating] ?? 0), 0)
  return people === 0 ? null : RATINGS.reduce((sum, rating) => sum + Number(rating) * (counts[rating] ?? 0), 0) / people
}

/** Polls as the audience finds them: what is open, newest first; then what is closed, newest first. */
export function arranged(polls: Iterable<PollView>): { open: PollView[]; closed: PollView[] } {
  const all = [...polls].sort((a, b) => (b.openedAt ?? '').localeCompare(a.openedAt ?? '') || b.number - a.number)
  return { open: all.filter(({ state }) => state === 'open'), closed: all.filter(({ state }) => state === 'closed') }
}
