import { useI18n } from 'vue-i18n'
import type { Sanction } from '../../shared/moderation.ts'
import { useConnection } from '../net/socket.ts'
import { useDesk } from './useDesk.ts'
import { useSending } from './useSending.ts'

/** Sets and lifts what keeps a person's words waiting for review. */
export function usePerson() {
  const desk = useDesk()
  const connection = useConnection()
  const { t } = useI18n()
  const { sending, refused, send, forget } = useSending()

  /** Resolves to whether it was done; never rejects. */
  async function sanction(author: string, kind: Sanction['kind'] | null, reason: string): Promise<boolean> {
    const sent = await send(() => connection.request('person:sanction', { sessionId: desk.sessionId, author, kind, reason }))
    if (!sent) return false
    const text = t(`desk.people.done.${kind ?? 'lift'}`)
    desk.outcome.put('done', text, kind === null ? null : { label: t('desk.done.undoLabel', { text }), run: () => void sanction(author, null, '') })
    return true
  }

  return { sanction, sending, refused, forget }
}
