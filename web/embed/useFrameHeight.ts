import { useElementSize } from '@vueuse/core'
import { watch } from 'vue'
import type { Ref } from 'vue'
import { heightMessage } from './rules.ts'

/** Tells the page around the frame how high its content is: of the content, never of the window, or the two would push each other up. */
export function useFrameHeight(content: Readonly<Ref<HTMLElement | null>>, session: string): void {
  let told: number | null = null
  const { height } = useElementSize(content, undefined, { box: 'border-box' })
  watch(height, (now) => {
    const message = heightMessage(session, now, told)
    if (!message || window.parent === window) return
    told = message.height
    // To whichever page this is: a height is no secret, and the browser shows the frame to registered forums alone.
    window.parent.postMessage(message, '*')
  })
}
