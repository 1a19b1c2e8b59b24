import { onScopeDispose, ref, shallowReadonly, shallowRef } from 'vue'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { SignInStep } from '../../shared/staff.ts'
import { useCooldown } from '../chat/useCooldown.ts'
import { sendJson } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'
import { useIdentity } from './identity.ts'

/** Signing in with user name and password, and with a code where the account asks for one. `onDone` is called once this browser is signed in. */
export function useSignIn(onDone: () => void) {
  const identity = useIdentity()
  /** Given for the right password; the code has to follow with it. */
  const ticket = ref<string | null>(null)
  const refusal = shallowRef<Refusal | null>(null)
  const busy = ref(false)
  const lock = useCooldown()
  let gone = false
  onScopeDispose(() => (gone = true))

  async function run(path: string, body: object): Promise<Refusal | null> {
    if (busy.value || lock.seconds.value > 0) return null
    busy.value = true
    refusal.value = null
    try {
      const step = await identity.change(() => sendJson<SignInStep>('POST', path, body))
      if (gone) return null
      if (step.state === 'code') ticket.value = step.ticket
      else onDone()
      return null
    } catch (thrown) {
      const refused = refusalOf(thrown)
      if (refused.code === 'locked' || refused.code === 'rate_limited') lock.start(refused.retryAfterMs ?? 1_000)
      // Too much time has passed since the password, or it is another by now.
      if (refused.code === 'unauthenticated') ticket.value = null
      refusal.value = refused
      return refused
    } finally {
      busy.value = false
    }
  }

  return {
    ticket,
    refusal: shallowReadonly(refusal),
    busy,
    /** Seconds until another try counts. */
    locked: lock.seconds,
    /** Goes on from a password that was proved elsewhere: chosen by a link of a reset. */
    proved: (given: string) => void (ticket.value = given),
    withPassword: (username: string, password: string) => run('/api/sign-in', { username, password }),
    withCode: (code: string) => run('/api/sign-in/code', { ticket: ticket.value, code: code.trim() }),
    /** Back to the password. */
    restart() {
      ticket.value = null
      refusal.value = null
    },
  }
}
