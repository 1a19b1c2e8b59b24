import { StorageSerializers, useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'
import type { QuestionRef } from '../../shared/questions.ts'

/**
 * The unsent text of one visitor for one session, kept on this device: it survives a reload and is the same in two tabs, so that sending it in one empties the other.
 * Where storage is denied it lives as long as the page.
 */
export function useDraft(kind: 'question' | 'chat', sessionId: string): Ref<string> {
  return useLocalStorage<string>(`fangtan.draft.${kind}.${sessionId}`, '', {
    serializer: StorageSerializers.string,
    writeDefaults: false,
    onError: () => undefined,
  })
}

/** What goes with a question besides its text. `follows`: the asker's own question that it follows up. */
export type Extras = { topicId: string | null; pictureId: string | null; follows: QuestionRef | null }
export const NO_EXTRAS: Readonly<Extras> = { topicId: null, pictureId: null, follows: null }

function readExtras(raw: string): Extras {
  const value: unknown = JSON.parse(raw)
  if (typeof value !== 'object' || value === null) return { ...NO_EXTRAS }
  const { topicId, pictureId, follows }: Partial<Record<keyof Extras, unknown>> = value
  const ref = typeof follows === 'object' && follows !== null && 'id' in follows && 'number' in follows ? follows : null
  return {
    topicId: typeof topicId === 'string' ? topicId : null,
    pictureId: typeof pictureId === 'string' ? pictureId : null,
    follows: typeof ref?.id === 'string' && typeof ref.number === 'number' ? { id: ref.id, number: ref.number } : null,
  }
}

/** The same for what goes with the question. */
export function useExtrasDraft(sessionId: string): Ref<Extras> {
  return useLocalStorage<Extras>(`fangtan.draft.extras.${sessionId}`, { ...NO_EXTRAS }, {
    serializer: { read: readExtras, write: (extras) => JSON.stringify(extras) },
    writeDefaults: false,
    shallow: true,
    onError: () => undefined,
  })
}
