import { useEventListener } from '@vueuse/core'
import { onScopeDispose } from 'vue'
import { useI18n } from 'vue-i18n'
import { onBeforeRouteLeave } from 'vue-router'
import { useConfirm } from '../../ui/useConfirm.ts'

/** Asks before the reader leaves a page with something unsaved, within the site and out of it; call in a page's `setup`. */
export function useUnsavedGuard(dirty: () => boolean): void {
  const { t } = useI18n()
  const confirm = useConfirm()
  let gone = false
  onScopeDispose(() => (gone = true))
  const words = (key: string) => t(`agendaDesk.leave.${key}`)
  onBeforeRouteLeave(() => gone || !dirty() || confirm({ title: words('title'), detail: words('detail'), confirmLabel: words('confirm'), cancelLabel: words('cancel'), danger: true }))
  useEventListener(window, 'beforeunload', (event) => {
    if (dirty()) event.preventDefault()
  })
}
