export type Ranked = { id: string; number: number; votes: number }
export type Order = 'votes' | 'newest' | 'oldest'

/** Comparator for lists of questions. Ties fall to the earlier question, so that a list never jumps without a cause. */
export function compareQuestions(order: Order): (a: Ranked, b: Ranked) => number {
  switch (order) {
    case 'votes':
      return (a, b) => b.votes - a.votes || a.number - b.number
    case 'newest':
      return (a, b) => b.number - a.number
    case 'oldest':
      return (a, b) => a.number - b.number
  }
}
