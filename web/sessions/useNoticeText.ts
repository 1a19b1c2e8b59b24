import { useI18n } from 'vue-i18n'
import type { Notice } from '../../shared/sessions.ts'
import { formatTime } from '../ui/formatTime.ts'

/** Who slowed or paused something, when and why, in one line; call in `setup`. */
export function useNoticeText(): (notice: Notice | null) => string {
  const { t, te, locale } = useI18n()
  return (notice) => {
    if (notice === null) return ''
    const by = te(`term.role.${notice.by}`) ? t(`term.role.${notice.by}`) : notice.by
    const named = { by, time: formatTime(notice.at, locale.value), reason: notice.reason }
    return notice.reason === '' ? t('sessions.notice.set', named) : t('sessions.notice.because', named)
  }
}
