import type { DeskQuestion, QuestionState } from '../../../shared/questions.ts'
import { compareQuestions } from '../../../shared/rules/ranking.ts'

/** The desk's columns, in the order of a question's life. */
export const COLUMNS = ['pending', 'approved', 'asking', 'answered', 'declined'] as const satisfies readonly QuestionState[]
export type Column = (typeof COLUMNS)[number]
export type Columns = Record<Column, DeskQuestion[]>

/** The column in which a question of this state stands; null for what has left the desk. */
export function columnOf(state: QuestionState): Column | null {
  switch (state) {
    case 'pending':
    case 'approved':
    case 'asking':
    case 'answered':
    case 'declined':
      return state
    case 'merged':
    case 'withdrawn':
      return null
  }
}

const latestAnswer = (a: DeskQuestion, b: DeskQuestion) => (b.answeredAt ?? '').localeCompare(a.answeredAt ?? '') || b.number - a.number

/** How each column is read: what waits longest first, what most want to hear first, what happened last first. */
const ORDER: Record<Column, (a: DeskQuestion, b: DeskQuestion) => number> = {
  pending: compareQuestions('oldest'),
  approved: compareQuestions('votes'),
  asking: compareQuestions('oldest'),
  answered: latestAnswer,
  declined: compareQuestions('newest'),
}

/** Every question in its column, each column sorted. `approve` puts the approved ones into another order. */
export function sortIntoColumns(questions: Iterable<DeskQuestion>, approve?: (columns: Columns) => DeskQuestion[]): Columns {
  const columns: Columns = { pending: [], approved: [], asking: [], answered: [], declined: [] }
  for (const question of questions) {
    const column = columnOf(question.state)
    if (column) columns[column].push(question)
  }
  for (const column of COLUMNS) columns[column].sort(ORDER[column])
  return approve ? { ...columns, approved: approve(columns) } : columns
}
