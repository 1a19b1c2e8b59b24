import type { QuestionAct } from '../../../shared/questions.ts'

type WithoutTarget<T> = T extends unknown ? Omit<T, 'sessionId' | 'questionId' | 'expectedVersion'> : never

/** An action of the desk with what it needs besides its question. */
export type ActionInput = Exclude<WithoutTarget<QuestionAct>, { action: 'withdraw' | 'revise' }>
