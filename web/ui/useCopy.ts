import { useClipboard } from '@vueuse/core'

/** Copies to the clipboard, also where the page came over plain http. `copied` stays true for two seconds. */
export function useCopy() {
  return useClipboard({ legacy: true, copiedDuring: 2_000 })
}
