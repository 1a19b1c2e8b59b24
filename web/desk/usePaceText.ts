import { useI18n } from 'vue-i18n'
import { secondsOf } from './rules/pace.ts'
import type { Pace } from './rules/pace.ts'

/** How questions are taken in, in words; call in `setup`. */
export function usePaceText(): (pace: Pace) => string {
  const { t } = useI18n()
  return (pace) => {
    if (pace === 'open' || pace === 'paused') return t(`desk.pace.${pace}`)
    const seconds = secondsOf(pace)
    return seconds >= 60 && seconds % 60 === 0 ? t('desk.pace.minutes', { count: seconds / 60 }, seconds / 60) : t('desk.pace.seconds', { count: seconds })
  }
}
