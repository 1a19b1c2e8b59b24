import { useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'

/** The name under which this resident asks and chats, remembered in this browser; null: anonymous. */
export function useDisplayName(): Ref<string | null> {
  return useLocalStorage<string | null>('fangtan.name', null, { serializer: { read: (raw) => raw || null, write: (name) => name ?? '' } })
}
