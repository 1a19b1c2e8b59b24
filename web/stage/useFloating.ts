import { useEventListener } from '@vueuse/core'
import { readonly, ref } from 'vue'
import type { Ref } from 'vue'
import { largestVideo } from './largestVideo.ts'

/** Picture-in-picture: the stage's largest picture floats above other windows. */
export function useFloating(root: () => HTMLElement): { supported: boolean; active: Readonly<Ref<boolean>>; toggle(): void } {
  const active = ref(false)
  useEventListener(document, ['enterpictureinpicture', 'leavepictureinpicture'], () => (active.value = document.pictureInPictureElement !== null))

  function toggle() {
    // Refused without a click, or while another window floats: nothing changes then, and nothing needs to be said.
    if (active.value) document.exitPictureInPicture().catch(() => undefined)
    else largestVideo(root())?.requestPictureInPicture().catch(() => undefined)
  }
  return { supported: document.pictureInPictureEnabled, active: readonly(active), toggle }
}
