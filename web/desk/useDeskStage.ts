import { computed, watch } from 'vue'
import type { Actor } from '../../shared/rules/permissions.ts'
import { may } from '../../shared/rules/permissions.ts'
import { takesMedia } from '../../shared/rules/sessionLifecycle.ts'
import type { Phase } from '../../shared/sessions.ts'
import { useToasts } from '../ui/useToasts.ts'
import { useStage } from '../stage/useStage.ts'
import { useListening } from './useListening.ts'
import { useOwnMedia } from './useOwnMedia.ts'

/** The stage beside the queue, with the host's own camera. A moderator sees what the public sees: backstage is for those who are on it. */
export function useDeskStage(sessionId: string, actor: Actor, phase: () => Phase) {
  const toasts = useToasts()
  const backstage = may(actor, 'stage.view_backstage')
  const active = () => takesMedia(phase())
  const own = useOwnMedia(sessionId, active)
  const stage = useStage({ sessionId, audience: backstage ? 'backstage' : 'viewer', seat: backstage ? 'host' : undefined, active, publications: () => own.publications.value })
  const listening = useListening(sessionId, () => own.media.speakerId.value)
  watch(own.inside, (inside) => inside && listening.start())
  watch(stage.publishRefused, (refused) => refused && toasts.refused(refused.refusal))

  return {
    stage,
    backstage,
    mayPublish: may(actor, 'stage.publish'),
    open: computed(active),
    own,
    listening,
  }
}
