import { shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { useDesk } from './useDesk.ts'

/** Ends the turn of a resident on stage. `busy` holds the seats whose change is under way. */
export function useFinish() {
  const desk = useDesk()
  const connection = useConnection()
  const { t } = useI18n()
  const { refusalText } = useRefusalText()
  const busy = shallowReactive(new Set<string>())

  /** @param handId the seat, too */
  async function finish(handId: string) {
    const hand = desk.state().moderation?.hands.find(({ id }) => id === handId)
    if (!hand || busy.has(handId)) return
    busy.add(handId)
    try {
      await connection.request('hand:act', { sessionId: desk.sessionId, handId, expectedVersion: hand.version, action: 'finish' })
    } catch (error) {
      desk.outcome.say(t('desk.stage.failed', { reason: refusalText(refusalOf(error)) }))
    } finally {
      busy.delete(handId)
    }
  }

  return { finish, busy }
}
