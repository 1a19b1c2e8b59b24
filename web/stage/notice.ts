import type { MediaAudience } from '../../shared/media.ts'
import { takesMedia } from '../../shared/rules/sessionLifecycle.ts'
import type { Phase } from '../../shared/sessions.ts'
import type { StageStatus } from './media/status.ts'

/** What is said in place of, or over, the picture: a key below `stage.notice`. */
export type Notice = 'announced' | 'closed' | 'soon' | 'paused' | 'interrupted' | 'ended' | 'cancelled' | 'connecting' | 'nobody' | 'empty' | 'recovering' | 'unavailable' | 'unsupported' | 'replaced'

export type NoticeFacts = {
  audience: MediaAudience
  /** null: the page does not know, and shows whatever comes. */
  phase: Phase | null
  /** Everything was cut off at once. */
  cut: boolean
  status: StageStatus
  /** How many people are on the stage that this page sees. */
  people: number
  /** This browser can do WebRTC. */
  supported: boolean
}

/** The one sentence that explains what is (not) seen, or null when the picture speaks for itself. */
export function noticeFor({ audience, phase, cut, status, people, supported }: NoticeFacts): Notice | null {
  const watching = audience !== 'backstage'
  if (phase && !takesMedia(phase)) {
    if (phase === 'announced') return watching ? 'announced' : 'closed'
    return phase === 'cancelled' ? 'cancelled' : 'ended'
  }
  if (watching && cut) return 'interrupted'
  if (!supported) return 'unsupported'
  if (status === 'unavailable' || status === 'replaced' || status === 'recovering') return status
  if (watching && phase === 'backstage') return 'soon'
  if (watching && phase === 'paused') return 'paused'
  if (people > 0) return null
  if (status === 'waiting') return watching ? 'nobody' : 'empty'
  return 'connecting'
}

/** Whether something is being worked on, as opposed to being waited for. */
export function isBusy(notice: Notice): boolean {
  return notice === 'connecting' || notice === 'recovering'
}
