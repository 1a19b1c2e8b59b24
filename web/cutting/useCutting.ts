import { computed, onScopeDispose, ref } from 'vue'
import { phaseStep } from '../../shared/rules/sessionLifecycle.ts'
import { may } from '../../shared/rules/permissions.ts'
import type { SessionView } from '../../shared/sessions.ts'
import { useMe } from '../accounts/useMe.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { cutOffered } from './rules.ts'

/** Cuts everything off, says why, and goes on; call in `setup`. */
export function useCutting(session: () => SessionView) {
  const connection = useConnection()
  const { actor } = useMe()
  const { refusalText } = useRefusalText()
  const sending = ref(false)
  /** Why the last request was refused, in words. */
  const refused = ref('')
  let alive = true
  onScopeDispose(() => (alive = false))
  const self = computed(() => actor(session().id))

  /** Resolves to whether it was done; never rejects. */
  async function send(request: () => Promise<unknown>): Promise<boolean> {
    if (sending.value) return false
    sending.value = true
    refused.value = ''
    try {
      await request()
      return true
    } catch (error) {
      if (alive) refused.value = refusalText(refusalOf(error))
      return false
    } finally {
      sending.value = false
    }
  }

  return {
    sending,
    refused,
    online: computed(() => connection.status.value === 'online'),
    offered: computed(() => cutOffered(session(), self.value)),
    mayCut: computed(() => may(self.value, 'session.cut')),
    mayResume: computed(() => may(self.value, 'session.phase') && phaseStep(session().phase, 'resume') !== null),
    /** `reason` is shown to everybody; sent again, it replaces the one before. */
    cut: (reason = '') => send(() => connection.request('session:cut', { sessionId: session().id, reason })),
    resume: () => send(() => connection.request('session:phase', { sessionId: session().id, action: 'resume', expectedVersion: session().version })),
  }
}
