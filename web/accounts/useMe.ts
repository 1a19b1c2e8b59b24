import { inject, shallowReadonly, shallowRef } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'
import type { Me } from '../../shared/accounts.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import { actorOf } from './actor.ts'

const RETRY_MIN = 1_000
const RETRY_MAX = 15_000

export type MeStore = {
  me: Readonly<ShallowRef<Me | null>>
  /** Resolves once the server has said who this browser is; keeps trying, never rejects. */
  ready: Promise<Me>
  /** Asks anew (the identity was refused, or has changed): an answer that was under way before does not count. Never rejects. */
  refresh(): Promise<Me>
  /** This person towards one session, for `may` in shared/rules/permissions.ts. Reactive; before `ready`, a participant without a name. */
  actor(sessionId: string): Actor
}

/** Who this browser's person is, and with which roles. `fetchMe` is GET /api/me, which also sets the identity's cookie. */
export function createMe(fetchMe: () => Promise<Me>): MeStore {
  const me = shallowRef<Me | null>(null)
  let asking: Promise<Me> | null = null
  let next: Promise<Me> | null = null

  async function ask(): Promise<Me> {
    for (let wait = RETRY_MIN; ; wait = Math.min(RETRY_MAX, wait * 2)) {
      try {
        return (me.value = await fetchMe())
      } catch {
        await pause(wait)
      }
    }
  }

  function refresh(): Promise<Me> {
    if (asking) {
      next ??= asking.then(() => {
        next = null
        return refresh()
      })
      return next
    }
    asking = ask().finally(() => (asking = null))
    return asking
  }

  return { me: shallowReadonly(me), ready: refresh(), refresh, actor: (sessionId) => actorOf(me.value, sessionId) }
}

/** Until `ms` are over or the network is back. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer)
      window.removeEventListener('online', over)
      resolve()
    }
    const timer = setTimeout(over, ms)
    window.addEventListener('online', over)
  })
}

export const meKey: InjectionKey<MeStore> = Symbol('me')

/** Who is sitting here; call in `setup`. */
export function useMe(): MeStore {
  const store = inject(meKey)
  if (!store) throw new Error('No identity was provided')
  return store
}
