import { useEventListener } from '@vueuse/core'
import { onScopeDispose, toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { useConfirm } from '../../ui/useConfirm.ts'

/** Asks before the reader leaves what is not saved, within the site and out of it; call in `setup` of something within a page. */
export function useUnsavedGuard(dirty: MaybeRefOrGetter<boolean>): void {
  const { t } = useI18n()
  const confirm = useConfirm()
  let gone = false
  onScopeDispose(() => (gone = true))
  const mayLeave = () => gone || !toValue(dirty) || confirm({ title: t('admin.unsaved.title'), detail: t('admin.unsaved.detail'), confirmLabel: t('admin.unsaved.leave'), cancelLabel: t('admin.unsaved.stay'), danger: true })
  onBeforeRouteLeave(mayLeave)
  // Another section is the same page under another address.
  onBeforeRouteUpdate(mayLeave)
  useEventListener(window, 'beforeunload', (event) => {
    if (toValue(dirty)) event.preventDefault()
  })
}
