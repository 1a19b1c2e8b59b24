import { useSessionStorage } from '@vueuse/core'
import { computed, watch } from 'vue'
import { useSound } from '../stage/useSound.ts'

/**
 * The stage's sound at the desk. Silent until asked for: a host often sits in the same room. The choice is kept over a reload.
 * @param outputId the loudspeaker, '' for the system's
 */
export function useListening(sessionId: string, outputId: () => string) {
  const wanted = useSessionStorage(`fangtan.desk.${sessionId}.listening`, false)
  const sound = useSound(!wanted.value, outputId)
  watch(wanted, (now) => sound.mute(!now))
  return {
    sound,
    /** Wanted, and allowed by the browser. */
    listening: computed(() => wanted.value && !sound.blocked.value),
    /** Whoever speaks must hear. */
    start() {
      wanted.value = true
      sound.unblock()
    },
    /** To be called in the person's click. */
    toggle() {
      if (wanted.value && sound.blocked.value) return sound.unblock()
      wanted.value = !wanted.value
      if (wanted.value) sound.unblock()
    },
  }
}
