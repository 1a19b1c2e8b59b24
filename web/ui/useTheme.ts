import { useColorMode } from '@vueuse/core'
import { computed } from 'vue'
import type { WritableComputedRef } from 'vue'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Light, dark or as the system says; remembered in this browser. */
export function useTheme(): WritableComputedRef<Theme> {
  const { store } = useColorMode()
  return computed({
    get: () => (store.value === 'auto' ? 'system' : store.value),
    set: (theme) => (store.value = theme === 'system' ? 'auto' : theme),
  })
}
