import type { QuestionFate } from '../../../shared/questions.ts'

type Told = Pick<QuestionFate, 'question' | 'root'>

/** The headline's key below `fate.headline`: of a merged question, what became of the one that stands for it. */
export function headline({ question, root }: Told): string {
  if (question.state !== 'merged' || root === null) return question.state
  switch (root.state) {
    case 'answered':
    case 'asking':
    case 'declined':
      return `merged_${root.state}`
    case 'pending':
    case 'approved':
    case 'merged':
    case 'withdrawn':
      return 'merged'
  }
}

/** The question that has the answer, if there is one: itself, or the one that stands for it. */
export function answered({ question, root }: Told) {
  const standing = question.state === 'merged' ? (root?.question ?? null) : question
  return standing && standing.state === 'answered' ? standing : null
}
