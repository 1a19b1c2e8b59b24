import { useEventListener } from '@vueuse/core'
import { readonly, ref } from 'vue'
import type { Ref } from 'vue'
import { largestVideo } from './largestVideo.ts'

/** An iPhone shows single videos full screen, and nothing else. */
type PhoneVideo = HTMLVideoElement & { webkitEnterFullscreen?: () => void }

/** Full screen for the stage; on an iPhone for its largest picture. */
export function useFullScreen(root: () => HTMLElement): { supported: boolean; active: Readonly<Ref<boolean>>; toggle(): void } {
  const active = ref(document.fullscreenElement !== null)
  useEventListener(document, 'fullscreenchange', () => (active.value = document.fullscreenElement !== null))
  const whole = document.fullscreenEnabled
  const single = 'webkitEnterFullscreen' in HTMLVideoElement.prototype

  function toggle() {
    // Refused without a click, or by the page that embeds this one: nothing changes then, and nothing needs to be said.
    if (active.value) document.exitFullscreen().catch(() => undefined)
    else if (whole) root().requestFullscreen().catch(() => undefined)
    else {
      const video: PhoneVideo | null = largestVideo(root())
      video?.webkitEnterFullscreen?.()
    }
  }
  return { supported: whole || single, active: readonly(active), toggle }
}
