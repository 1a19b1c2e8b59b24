import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { SessionState } from '../sessions/useSession.ts'
import { formatTime } from '../ui/formatTime.ts'
import { floorClosed, opensAt } from './rules.ts'

/** Why no hand can be raised now, and when it will be possible, in one sentence; null: it can. */
export function useClosedText(state: () => SessionState): ComputedRef<string | null> {
  const { t, locale } = useI18n()
  return computed(() => {
    const { floor, session, agenda, serverNow } = state()
    const closed = floorClosed(floor, session.phase, session.intake.cut !== null)
    if (closed !== 'later' && closed !== 'shut') return closed && t(`floor.closed.${closed}`)
    const at = opensAt(agenda, session.startsAt, serverNow())
    return at === null ? t(`floor.closed.${closed}`) : t('floor.closed.at', { when: formatTime(at, locale.value) })
  })
}
