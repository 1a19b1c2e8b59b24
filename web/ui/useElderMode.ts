import { useLocalStorage } from '@vueuse/core'
import { watchEffect } from 'vue'
import type { Ref } from 'vue'

/** 关怀版: larger type and targets on every page, remembered in this browser. */
export function useElderMode(): Ref<boolean> {
  const elder = useLocalStorage('fangtan.elder', false)
  watchEffect(() => document.documentElement.toggleAttribute('data-elder', elder.value))
  return elder
}
