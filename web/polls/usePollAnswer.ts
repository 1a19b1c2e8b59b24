import { onScopeDispose, readonly, ref } from 'vue'
import type { Ref } from 'vue'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { useToasts } from '../ui/useToasts.ts'

/** Sends this person's answer to one poll; an empty one takes it back. A refusal is told in a toast. */
export function usePollAnswer(sessionId: string, pollId: () => string): { sending: Readonly<Ref<boolean>>; send: (choices: string[]) => Promise<boolean> } {
  const connection = useConnection()
  const toasts = useToasts()
  const sending = ref(false)
  let gone = false
  onScopeDispose(() => (gone = true))

  return {
    sending: readonly(sending),
    /** Resolves to whether the server has it; never rejects. */
    async send(choices) {
      if (sending.value) return false
      sending.value = true
      try {
        await connection.request('poll:answer', { sessionId, pollId: pollId(), choices })
        return true
      } catch (error) {
        if (!gone) toasts.refused(refusalOf(error))
        return false
      } finally {
        sending.value = false
      }
    },
  }
}
