import { useSessionStorage } from '@vueuse/core'
import { computed, onMounted, readonly, ref, watch } from 'vue'
import type { Publications } from '../stage/media/types.ts'
import { useLocalMedia } from '../stage/useLocalMedia.ts'

const NOTHING: Publications = new Map()

/**
 * The host's own camera and microphone: let go until the host connects them, and connected again after a reload.
 * @param active whether the session takes cameras now
 */
export function useOwnMedia(sessionId: string, active: () => boolean) {
  const media = useLocalMedia(sessionId)
  const wanted = useSessionStorage(`fangtan.desk.${sessionId}.inside`, false)
  const inside = ref(false)
  const starting = ref(false)
  /** The choice of devices, which also says what is wrong with them. */
  const settings = ref(false)

  async function enter() {
    if (starting.value) return
    wanted.value = true
    starting.value = true
    await media.start()
    starting.value = false
    // Left meanwhile, or the session ended.
    if (!wanted.value || !active()) return media.release()
    inside.value = media.microphone.track.value !== null || media.camera.track.value !== null
    settings.value = !inside.value
  }

  function leave() {
    wanted.value = false
    inside.value = false
    media.release()
  }

  onMounted(() => {
    if (wanted.value && active()) void enter()
  })
  watch(active, (now) => {
    if (!now) leave()
  })

  return {
    media,
    inside,
    starting,
    settings: readonly(settings),
    showSettings(open: boolean) {
      settings.value = open
    },
    publications: computed<Publications>(() => (inside.value ? media.publications.value : NOTHING)),
    enter,
    leave,
  }
}

export type OwnMedia = ReturnType<typeof useOwnMedia>
