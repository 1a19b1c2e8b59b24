import { inject, provide } from 'vue'
import type { InjectionKey } from 'vue'
import type { QuestionRef } from '../../shared/questions.ts'

export type Reveal = (question: QuestionRef) => void

const key: InjectionKey<Reveal> = Symbol('reveal')

/** Says how a question is brought before the reader's eyes; call in the page's `setup`. */
export function provideReveal(reveal: Reveal): void {
  provide(key, reveal)
}

/** Brings one public question before the reader's eyes; call in `setup`. */
export function useReveal(): Reveal {
  const reveal = inject(key)
  if (!reveal) throw new Error('This page does not say how a question is shown')
  return reveal
}
