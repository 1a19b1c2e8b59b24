import type { MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLeaveGuard } from '../../ui/useLeaveGuard.ts'

/** Asks before the reader leaves what is not saved, within the site and out of it; call in `setup` of something within a page. */
export function useUnsavedGuard(dirty: MaybeRefOrGetter<boolean>): void {
  const { t } = useI18n()
  useLeaveGuard(dirty, () => ({ title: t('admin.unsaved.title'), detail: t('admin.unsaved.detail'), confirmLabel: t('admin.unsaved.leave'), cancelLabel: t('admin.unsaved.stay') }))
}
