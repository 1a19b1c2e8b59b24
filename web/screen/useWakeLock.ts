import { useEventListener } from '@vueuse/core'
import { onScopeDispose } from 'vue'

/** How long after the system took the lock back it is asked for again, in milliseconds. */
const AGAIN = 30_000

/** Keeps the display on while the component lives. Where the browser knows no lock, or refuses it, the machine's own settings must do. */
export function useWakeLock(): void {
  let sentinel: WakeLockSentinel | null = null
  let asking = false
  let gone = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask() {
    clearTimeout(timer)
    if (gone || asking || sentinel || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    asking = true
    try {
      const given = await navigator.wakeLock.request('screen')
      if (gone) return void given.release()
      sentinel = given
      given.addEventListener('release', () => {
        sentinel = null
        if (!gone) timer = setTimeout(() => void ask(), AGAIN)
      })
    } catch {
      timer = setTimeout(() => void ask(), AGAIN)
    } finally {
      asking = false
    }
  }

  useEventListener(document, 'visibilitychange', () => void ask())
  void ask()
  onScopeDispose(() => {
    gone = true
    clearTimeout(timer)
    void sentinel?.release()
  })
}
