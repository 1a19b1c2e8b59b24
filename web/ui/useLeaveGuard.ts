import { useEventListener } from '@vueuse/core'
import { onScopeDispose, toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { useConfirm } from './useConfirm.ts'
import type { ConfirmOptions } from './useConfirm.ts'

/** Asks before the reader leaves what is not saved, within the site and out of it; `words` are what it asks. Call in `setup` of something within a page. */
export function useLeaveGuard(dirty: MaybeRefOrGetter<boolean>, words: () => ConfirmOptions): void {
  const confirm = useConfirm()
  let gone = false
  onScopeDispose(() => (gone = true))
  const mayLeave = () => gone || !toValue(dirty) || confirm({ ...words(), danger: true })
  onBeforeRouteLeave(mayLeave)
  // Another section is the same page under another address.
  onBeforeRouteUpdate(mayLeave)
  useEventListener(window, 'beforeunload', (event) => {
    if (toValue(dirty)) event.preventDefault()
  })
}
