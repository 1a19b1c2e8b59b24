import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { phaseStep } from '../../shared/rules/sessionLifecycle.ts'
import type { PhaseAction } from '../../shared/rules/sessionLifecycle.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { useConfirm } from '../ui/useConfirm.ts'
import { useDesk } from './useDesk.ts'

/** Moves the session between its phases; asks before what cannot be taken back, and shows who is on stage before the start. */
export function usePhase() {
  const desk = useDesk()
  const connection = useConnection()
  const confirm = useConfirm()
  const { t } = useI18n()
  const { refusalText } = useRefusalText()
  const busy = ref<PhaseAction | null>(null)
  const starting = ref(false)

  async function send(action: PhaseAction, expectedVersion: number) {
    busy.value = action
    try {
      await connection.request('session:phase', { sessionId: desk.sessionId, action, expectedVersion })
      starting.value = false
    } catch (error) {
      const refusal = refusalOf(error)
      const late = refusal.code === 'stale' || refusal.code === 'wrong_state'
      if (late) starting.value = false
      desk.outcome.say(late ? t('desk.phase.stale', { phase: t(`term.phase.${desk.state().session.phase}`) }) : refusalText(refusal))
    } finally {
      busy.value = null
    }
  }

  async function request(action: PhaseAction) {
    const { phase, version } = desk.state().session
    const step = phaseStep(phase, action)
    if (!step || busy.value) return
    if (action === 'start') {
      starting.value = true
      return
    }
    if (step.final) {
      const agreed = await confirm({ title: t(`desk.phase.confirm.${action}.title`), detail: t(`desk.phase.confirm.${action}.detail`), confirmLabel: t(`desk.phase.${action}`), danger: action !== 'archive' })
      if (!agreed) return
    }
    // The version seen when asked: whatever happened while the dialog was open is not overridden.
    await send(action, version)
  }

  return { busy, starting, request, start: () => send('start', desk.state().session.version) }
}
