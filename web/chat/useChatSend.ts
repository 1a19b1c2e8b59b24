import { computed, onScopeDispose, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { LIMITS } from '../../shared/limits.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { cleanText, countCharacters } from '../../shared/rules/text.ts'
import { newId } from '../net/ids.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { useDraft } from '../questions/useDraft.ts'
import { useCooldown } from './useCooldown.ts'

export type ChatSend = {
  text: Ref<string>
  /** Characters beyond the limit. */
  excess: ComputedRef<number>
  ready: ComputedRef<boolean>
  sending: Readonly<Ref<boolean>>
  /** Why the last message did not go out; its text is still in `text`. */
  refusal: Readonly<Ref<Refusal | null>>
  /** Whole seconds until the next message may be sent. */
  wait: Readonly<Ref<number>>
  send(): Promise<void>
}

/** Writing in one session's chat. A message that did not go out keeps its text and its id, so that sending it again cannot show it twice. */
export function useChatSend(sessionId: string, options: { name: () => string | null; slowSeconds: () => number; onSent: () => void }): ChatSend {
  const connection = useConnection()
  const cooldown = useCooldown()
  const text = useDraft('chat', sessionId)
  const sending = ref(false)
  const refusal = ref<Refusal | null>(null)
  let attempt: { id: string; text: string } | null = null
  let gone = false
  onScopeDispose(() => {
    gone = true
  })

  const excess = computed(() => Math.max(0, countCharacters(cleanText(text.value)) - LIMITS.chatLength))
  const ready = computed(() => cleanText(text.value) !== '' && excess.value === 0 && !sending.value && cooldown.seconds.value === 0)

  async function send(): Promise<void> {
    if (!ready.value) return
    const written = text.value
    const cleaned = cleanText(written)
    if (attempt?.text !== cleaned) attempt = { id: newId(), text: cleaned }
    sending.value = true
    refusal.value = null
    try {
      await connection.request('chat:send', { sessionId, id: attempt.id, text: cleaned, name: options.name() })
      attempt = null
      if (text.value === written) text.value = ''
      if (gone) return
      options.onSent()
      if (options.slowSeconds() > 0) cooldown.start(options.slowSeconds() * 1000)
    } catch (error) {
      if (gone) return
      const refused = refusalOf(error)
      if (refused.retryAfterMs !== undefined) cooldown.start(refused.retryAfterMs)
      refusal.value = refused
    } finally {
      sending.value = false
    }
  }

  return { text, excess, ready, sending, refusal, wait: cooldown.seconds, send }
}
