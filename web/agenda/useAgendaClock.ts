import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useServerNow } from '../sessions/useServerNow.ts'
import type { SessionState } from '../sessions/useSession.ts'
import { formatClock } from '../ui/formatTime.ts'
import { clockFace } from './clockFace.ts'
import type { ClockFace } from './clockFace.ts'

const HOUR = 60
/** Minutes from which on a session does not run late or early, but on another day than it was planned for. */
const OTHER_PLAN = 12 * HOUR

type Followed = Pick<SessionState, 'agenda' | 'session' | 'serverNow'>

export type AgendaClockView = {
  /** Changes once a second while a part is on. */
  face: ComputedRef<ClockFace>
  /** 04:12, or 1:04:12 from an hour on: what is left, or what is too much (`face.over`). */
  digits: ComputedRef<string>
  /** 剩余 04:12 or 超时 01:03; empty while no part is on. */
  timeText: ComputedRef<string>
  /** 比计划晚 6 分钟 or 比计划早 3 分钟; empty below a minute, and half a day from the plan. */
  lateText: ComputedRef<string>
}

/** The agenda's clock of a session, by the server's time; call in `setup`, with the texts of the room `agenda`. */
export function useAgendaClock(state: () => Followed): AgendaClockView {
  const { t } = useI18n()
  const now = useServerNow(() => state().serverNow)
  const face = computed(() => clockFace(state().agenda, state().session, now.value))
  const digits = computed(() => formatClock(face.value.seconds * 1_000))
  return {
    face,
    digits,
    timeText: computed(() => (face.value.item ? t(face.value.over ? 'agenda.clock.over' : 'agenda.clock.left', { time: digits.value }) : '')),
    lateText: computed(() => {
      const { lateMinutes } = face.value
      const count = Math.abs(lateMinutes)
      if (count === 0 || count >= OTHER_PLAN) return ''
      const way = lateMinutes > 0 ? 'late' : 'ahead'
      return count < HOUR ? t(`agenda.clock.${way}`, { count }, count) : t(`agenda.clock.${way}Hours`, { hours: Math.floor(count / HOUR), minutes: count % HOUR })
    }),
  }
}
