import { shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { useDesk } from './useDesk.ts'

/** Takes a seat's sound away on the server, and gives it back. `busy` holds the seats whose change is under way. */
export function useMute() {
  const desk = useDesk()
  const connection = useConnection()
  const { t } = useI18n()
  const { refusalText } = useRefusalText()
  const busy = shallowReactive(new Set<string>())

  async function mute(seatId: string, muted: boolean) {
    if (busy.has(seatId)) return
    busy.add(seatId)
    try {
      await connection.request('stage:mute', { sessionId: desk.sessionId, seatId, muted })
    } catch (error) {
      desk.outcome.say(t('desk.stage.muteFailed', { reason: refusalText(refusalOf(error)) }))
    } finally {
      busy.delete(seatId)
    }
  }

  return { mute, busy, isMuted: (seatId: string) => desk.state().stage.muted.includes(seatId) }
}
