import { inject, shallowReadonly, shallowRef, watch } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'
import type { RevokeReason } from '../../shared/accounts.ts'
import type { Connection } from '../net/types.ts'
import { lossOf } from './losing.ts'
import type { Loss } from './losing.ts'
import type { MeStore } from './useMe.ts'

/** Another process of the server may learn of what was taken only a moment later, in milliseconds. */
const SETTLED = 1_500
/** How long an act waits until the browser is somebody at all, so that it is not made two people; then it finds out for itself what is wrong. */
const KNOWN = 5_000

type Revoked = { reason: RevokeReason; loss: Loss }

export type Identity = {
  /** What was taken from this browser while its page was open, until the reader has put it away. */
  revoked: Readonly<ShallowRef<Revoked | null>>
  dismiss(): void
  /**
   * Does what makes this browser somebody else, or takes something from it: sign-in, sign-out, opening a link. Resolves once the page and its line to the server know who it is then.
   * @throws what `act` throws; nothing has changed then
   */
  change<T>(act: () => Promise<T>): Promise<T>
}

/** Keeps the page with who the browser is: after own acts, after those of its other tabs, and when rights are taken away. `tabs`: how the tabs of this browser tell one another. */
export function createIdentity({ me, connection, tabs }: { me: MeStore; connection: Pick<Connection, 'on' | 'overhear' | 'reopen'>; tabs: Pick<BroadcastChannel, 'postMessage' | 'onmessage'> | null }): Identity {
  const revoked = shallowRef<Revoked | null>(null)
  /** Own acts under way: what they take away is no news. */
  let changing = 0

  async function renew() {
    const before = me.me.value
    const after = await me.refresh()
    if (before?.personId !== after.personId || before.signedIn !== after.signedIn) connection.reopen()
  }

  function told({ reason }: { reason: RevokeReason }) {
    if (changing > 0) return
    const before = me.me.value
    const look = async () => {
      const loss = lossOf(before, await me.refresh())
      if (loss && changing === 0) revoked.value = { reason, loss }
      return loss
    }
    void look().then((loss) => loss ?? setTimeout(() => void look(), SETTLED))
  }

  let deafen = connection.overhear('access:revoked', told)
  let listening = false
  // Whoever works here is told at once, on pages too that need no line otherwise.
  watch(me.me, (now) => {
    if (listening || (now?.signedIn !== 'staff' && now?.signedIn !== 'link')) return
    listening = true
    deafen()
    deafen = connection.on('access:revoked', told)
  })
  if (tabs) tabs.onmessage = () => void renew()

  return {
    revoked: shallowReadonly(revoked),
    dismiss: () => (revoked.value = null),
    async change(act) {
      changing++
      try {
        if (!me.me.value) await Promise.race([me.ready, new Promise((resolve) => setTimeout(resolve, KNOWN))])
        const done = await act()
        revoked.value = null
        await me.refresh()
        connection.reopen()
        tabs?.postMessage(null)
        return done
      } finally {
        changing--
      }
    },
  }
}

export const identityKey: InjectionKey<Identity> = Symbol('identity')

/** Call in `setup`. */
export function useIdentity(): Identity {
  const identity = inject(identityKey)
  if (!identity) throw new Error('No identity was provided')
  return identity
}
