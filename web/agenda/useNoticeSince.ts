import { useI18n } from 'vue-i18n'
import type { Announcement } from '../../shared/attendance.ts'
import { formatDateTime } from '../ui/formatTime.ts'

/** Who published a notice, and when, in words; call in `setup`. */
export function useNoticeSince(): (announcement: Announcement) => string {
  const { t, te, locale } = useI18n()
  return ({ by, at }) => t('agenda.notice.since', { by: te(`term.role.${by}`) ? t(`term.role.${by}`) : by, time: formatDateTime(at, locale.value) })
}
