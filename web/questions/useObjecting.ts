import { computed, ref } from 'vue'
import type { PublicQuestion } from '../../shared/questions.ts'
import type { SessionState } from '../sessions/useSession.ts'
import { mayObject } from './concern.ts'
import type { OwnActs } from './useOwnActs.ts'

/** Saying that an answer did not answer one's question: asking for the reason first, taking it back at once. */
export function useObjecting(state: () => SessionState, acts: OwnActs) {
  const askedFor = ref<string | null>(null)
  return {
    /** The question whose reason is being asked for. */
    current: computed(() => (askedFor.value === null ? null : (state().questions.get(askedFor.value) ?? null))),
    may: (question: PublicQuestion): boolean => mayObject(question, state().own, state().votes),
    reason: (question: PublicQuestion): string | null => state().objections.get(question.id) ?? null,
    begin: (question: PublicQuestion) => void (askedFor.value = question.id),
    close: () => void (askedFor.value = null),
    send: (question: PublicQuestion, reason: string | null): Promise<boolean> => acts.object(question, reason),
  }
}
export type Objecting = ReturnType<typeof useObjecting>
