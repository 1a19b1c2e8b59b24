import type { PollView } from '../../shared/polls.ts'

const RATINGS = ['1', '2', '3', '4', '5']

/** The results of a poll as lines of a table: choices in their own order, words by how often they were given. Empty while results are not to be seen. */
export function pollFigures({ kind, options, counts }: Pick<PollView, 'kind' | 'options' | 'counts'>): { key: string; label: string; count: number }[] {
  if (counts === null) return []
  const line = (key: string, label: string) => ({ key, label, count: counts[key] ?? 0 })
  switch (kind) {
    case 'single':
    case 'multiple':
      return options.map(({ id, text }) => line(id, text))
    case 'rating':
      return RATINGS.map((rating) => line(rating, rating))
    case 'words':
      return Object.keys(counts)
        .map((word) => line(word, word))
        .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, 'zh'))
  }
}
