import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef, watch } from 'vue'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { AccountView } from '../../shared/staff.ts'
import { getJson, sendJson } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'
import { useToasts } from '../ui/useToasts.ts'
import { useMe } from './useMe.ts'

/** The account of whoever is signed in, as the server has it. `error` is for the page; what an act was refused is told in a toast, unless the act is asked about by its form. */
export function useAccount() {
  const toasts = useToasts()
  const { me, refresh } = useMe()
  const account = shallowRef<AccountView | null>(null)
  const error = shallowRef<Refusal | null>(null)
  const busy = ref(false)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function load() {
    error.value = null
    try {
      const view = await getJson<AccountView>('/api/account')
      if (!gone) account.value = view
    } catch (thrown) {
      if (gone) return
      error.value = refusalOf(thrown)
      // Signed out elsewhere, and this page has not heard of it.
      if (error.value.code === 'forbidden') void refresh()
    }
  }

  /** Resolves to whether it was done, with the account as it is then. */
  async function run(request: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      await request()
      await load()
      return true
    } catch (thrown) {
      if (!gone) toasts.refused(refusalOf(thrown))
      return false
    } finally {
      busy.value = false
    }
  }

  // Who is no staff has none; in another tab, somebody may sign in meanwhile.
  watch(
    () => me.value?.signedIn === 'staff',
    (staff) => {
      if (staff) void load()
    },
    { immediate: true },
  )
  return {
    account: shallowReadonly(account),
    error: shallowReadonly(error),
    busy: readonly(busy),
    load,
    end: (signInId: string) => run(() => sendJson('DELETE', `/api/account/sign-ins/${signInId}`, {})),
    endOthers: () => run(() => sendJson('DELETE', '/api/account/sign-ins', {})),
  }
}
