import { useEventListener, useIntervalFn } from '@vueuse/core'
import { onScopeDispose, readonly, ref, watch } from 'vue'
import type { Ref } from 'vue'
import { levelOf } from './level.ts'

const INTERVAL = 60

/** How loud `track` is right now, 0 to 1, for as long as the component lives. */
export function useLevel(track: () => MediaStreamTrack | null): Readonly<Ref<number>> {
  const level = ref(0)
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  const samples = new Float32Array(analyser.fftSize)
  let source: MediaStreamAudioSourceNode | null = null

  watch(
    track,
    (next) => {
      source?.disconnect()
      source = next ? context.createMediaStreamSource(new MediaStream([next])) : null
      source?.connect(analyser)
      if (!next) level.value = 0
    },
    { immediate: true },
  )
  useIntervalFn(() => {
    if (!source) return
    analyser.getFloatTimeDomainData(samples)
    level.value = levelOf(samples)
  }, INTERVAL)

  // Without a touch of the page the context sleeps in some browsers.
  useEventListener(window, ['pointerdown', 'keydown'], () => {
    // Closed in the meantime: nobody looks at the meter any more.
    if (context.state === 'suspended') context.resume().catch(() => undefined)
  })
  onScopeDispose(() => void context.close())
  return readonly(level)
}
