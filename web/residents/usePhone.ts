import { onScopeDispose, ref, shallowReadonly, shallowRef } from 'vue'
import type { CodeSent } from '../../shared/identity.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { useIdentity } from '../accounts/identity.ts'
import { useCooldown } from '../chat/useCooldown.ts'
import { sendJson } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'

/** Being known by a phone: a code is sent, and shown to the server. `onDone` is called once it took it. */
export function usePhone(onDone: () => void) {
  const identity = useIdentity()
  const resend = useCooldown()
  /** Where the code went; null: none was sent yet. */
  const sentTo = ref<string | null>(null)
  const refusal = shallowRef<Refusal | null>(null)
  const busy = ref(false)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function attempt(act: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    refusal.value = null
    try {
      await act()
    } catch (error) {
      if (!gone) refusal.value = refusalOf(error)
    } finally {
      busy.value = false
    }
  }

  return {
    sentTo,
    refusal: shallowReadonly(refusal),
    busy,
    /** Seconds until another code may be asked for. */
    wait: resend.seconds,
    send: (phone: string, locale: string) =>
      attempt(async () => {
        try {
          const { retryAfterMs } = await sendJson<CodeSent>('POST', '/api/me/phone', { phone, locale: locale === 'en' ? 'en' : 'zh-CN' })
          if (gone) return
          sentTo.value = phone
          resend.start(retryAfterMs)
        } catch (error) {
          const { code, retryAfterMs } = refusalOf(error)
          if (!gone && code === 'rate_limited' && retryAfterMs !== undefined) resend.start(retryAfterMs)
          throw error
        }
      }),
    confirm: (code: string) =>
      attempt(async () => {
        await identity.change(() => sendJson('POST', '/api/me/phone/confirm', { phone: sentTo.value, code }))
        if (!gone) onDone()
      }),
    /** Another number, or another try. */
    restart() {
      sentTo.value = null
      refusal.value = null
    },
  }
}
