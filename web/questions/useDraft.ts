import { StorageSerializers, useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'

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
