import { useEventListener } from '@vueuse/core'
import { onScopeDispose, watch } from 'vue'
import type { ConnectionStatus } from '../net/types.ts'
import { reloadInTime } from './unattended.ts'

/**
 * What only a reload can help with leads to one, without a hand: a newer server, a script that is gone, and whatever goes wrong in the page itself.
 * @returns `heal`, to ask for it
 */
export function useSelfHealing(status: () => ConnectionStatus): { heal: () => void } {
  let stop: (() => void) | null = null
  const heal = () => {
    stop ??= reloadInTime()
  }
  watch(status, (now) => now === 'outdated' && heal(), { immediate: true })
  useEventListener(window, 'vite:preloadError', heal)
  // The browser reports observers that were late by the same event, without an error.
  useEventListener(window, 'error', ({ error }: ErrorEvent) => error instanceof Error && heal())
  onScopeDispose(() => stop?.())
  return { heal }
}
