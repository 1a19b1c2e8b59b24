import { useI18n } from 'vue-i18n'
import { columnOf } from './rules/columns.ts'
import type { StaleNotice } from './rules/stale.ts'

/** What is now true, in one sentence; call in `setup`. */
export function useStaleText(): (notice: StaleNotice) => string {
  const { t } = useI18n()
  return (notice) => {
    const column = notice.state === 'merged' ? 'merged' : notice.state ? columnOf(notice.state) : null
    if (notice.kind === 'moved') return column ? t(`desk.stale.moved.${column}`) : t('desk.stale.gone')
    return t(`desk.stale.${notice.kind}`, { number: notice.onAir ?? 0 })
  }
}
