import { useElementSize, useMediaQuery } from '@vueuse/core'
import { computed } from 'vue'
import type { ComputedRef, Ref } from 'vue'

/** Two columns: a desktop, or a phone held sideways. */
const WIDE = '(min-width: 1024px), (orientation: landscape) and (min-width: 740px) and (max-height: 560px)'
/** High enough for a form below the list, and for a picture that stays on top while questions scroll below it. */
const HIGH = '(min-height: 600px)'

export type RoomLayout = {
  wide: Readonly<Ref<boolean>>
  high: Readonly<Ref<boolean>>
  /** In one column: pixels at the top that the picture takes while it stays there, and that picture and tabs take together. */
  covered: ComputedRef<{ picture: number; all: number }>
}

/** How the parts of the watch page share the window. */
export function useRoomLayout(picture: Readonly<Ref<HTMLElement | null>>, tabs: Readonly<Ref<HTMLElement | null>>, pictureStays: () => boolean): RoomLayout {
  const wide = useMediaQuery(WIDE)
  const high = useMediaQuery(HIGH)
  const box = { box: 'border-box' } as const
  const pictureSize = useElementSize(picture, undefined, box)
  const tabsSize = useElementSize(tabs, undefined, box)
  const covered = computed(() => {
    const top = !wide.value && high.value && pictureStays() ? Math.floor(pictureSize.height.value) : 0
    return { picture: top, all: top + Math.floor(tabsSize.height.value) }
  })
  return { wide, high, covered }
}
