import { onScopeDispose, readonly, ref } from 'vue'
import type { PollAct, PollView } from '../../shared/polls.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { useToasts } from '../ui/useToasts.ts'
import { saveRequest } from './draft.ts'
import type { PollDraft } from './draft.ts'

type Deed = PollAct extends infer A ? (A extends PollAct ? Omit<A, 'sessionId' | 'pollId' | 'expectedVersion'> : never) : never

/** What a host does with polls. Nothing is shown as done before the server says so; a refusal is told in a toast. */
export function usePollDesk(sessionId: string) {
  const connection = useConnection()
  const toasts = useToasts()
  const busy = ref(false)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function run<T>(request: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null
    busy.value = true
    try {
      return await request()
    } catch (error) {
      if (!gone) toasts.refused(refusalOf(error))
      return null
    } finally {
      busy.value = false
    }
  }

  return {
    busy: readonly(busy),
    /** Resolves to the poll as it was saved, or null; never rejects. */
    save: async (draft: PollDraft) => (await run(() => connection.request('poll:save', saveRequest(sessionId, draft))))?.poll ?? null,
    /** Never rejects. */
    act: async (poll: Pick<PollView, 'id' | 'version'>, deed: Deed) => void (await run(() => connection.request('poll:act', { ...deed, sessionId, pollId: poll.id, expectedVersion: poll.version }))),
  }
}
