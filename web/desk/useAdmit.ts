import { shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { useDesk } from './useDesk.ts'

/** Brings seats on stage and off. `busy` holds the seats whose change is under way. */
export function useAdmit() {
  const desk = useDesk()
  const connection = useConnection()
  const { t } = useI18n()
  const { refusalText } = useRefusalText()
  const busy = shallowReactive(new Set<string>())

  async function admit(seatId: string, onAir: boolean) {
    if (busy.has(seatId)) return
    busy.add(seatId)
    try {
      await connection.request('stage:admit', { sessionId: desk.sessionId, seatId, onAir })
    } catch (error) {
      desk.outcome.say(t('desk.stage.failed', { reason: refusalText(refusalOf(error)) }))
    } finally {
      busy.delete(seatId)
    }
  }

  return { admit, busy }
}
