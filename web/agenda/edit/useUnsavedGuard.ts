import { useI18n } from 'vue-i18n'
import { useLeaveGuard } from '../../ui/useLeaveGuard.ts'

/** Asks before the reader leaves what is not saved; call in `setup` of something within the page. */
export function useUnsavedGuard(dirty: () => boolean): void {
  const { t } = useI18n()
  useLeaveGuard(dirty, () => ({ title: t('agendaDesk.leave.title'), detail: t('agendaDesk.leave.detail'), confirmLabel: t('agendaDesk.leave.confirm'), cancelLabel: t('agendaDesk.leave.cancel') }))
}
