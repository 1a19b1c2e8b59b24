import { onMounted, onScopeDispose, ref, shallowReadonly, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { OpenLink, OpenedLink } from '../../shared/accounts.ts'
import { sendJson } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'
import { useIdentity } from './identity.ts'
import { openingOf } from './opening.ts'
import type { Opening } from './opening.ts'

/** Opens a sign-in link as soon as the page is there, and goes on to where its role works. */
export function useOpenLink(token: string) {
  const identity = useIdentity()
  const router = useRouter()
  const state = shallowRef<Opening>({ step: 'working' })
  const moving = ref(false)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function send(move: boolean): Promise<Opening> {
    try {
      const opened = await identity.change(() => sendJson<OpenedLink>('POST', '/api/links/open', { token, move } satisfies OpenLink))
      // In place of this page: going back must not open the link once more.
      if (!gone) await router.replace(opened.path)
      return { step: 'working' }
    } catch (thrown) {
      return openingOf(refusalOf(thrown))
    }
  }

  async function open() {
    state.value = { step: 'working' }
    const next = await send(false)
    if (!gone) state.value = next
  }

  /** Takes the link over from the device that holds it. */
  async function move() {
    if (moving.value) return
    moving.value = true
    const next = await send(true)
    moving.value = false
    if (!gone && next.step !== 'working') state.value = next
  }

  onMounted(open)
  return { state: shallowReadonly(state), moving, open, move }
}
