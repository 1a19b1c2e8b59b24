import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { HandAct, OwnHand, RaiseHand } from '../../shared/floor.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { handStep } from '../../shared/rules/handLifecycle.ts'
import { newId } from '../net/ids.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { standingOf } from './standing.ts'

/** What the person whose hand it is can do with it. */
export type OwnAction = 'accept' | 'ready' | 'finish' | 'lower'
type Wish = Omit<RaiseHand, 'sessionId' | 'id'>

/** The desk may have changed something about the hand at the same moment, so often in a row. */
const TRIES = 3

/** What residents do on the floor. Nothing counts as done before the server says so; the last refusal is kept, to be told where it happened. */
export function useFloorActs(sessionId: string) {
  const connection = useConnection()
  const busy = ref(false)
  const refusal = shallowRef<Refusal | null>(null)
  /** A wish that got no answer goes out again under the same id. */
  let attempt: { id: string; wish: string } | null = null
  let gone = false
  onScopeDispose(() => (gone = true))

  async function run<T>(request: () => Promise<T>): Promise<{ answer: T } | null> {
    if (busy.value) return null
    busy.value = true
    refusal.value = null
    try {
      return { answer: await request() }
    } catch (error) {
      if (!gone) refusal.value = refusalOf(error)
      return null
    } finally {
      busy.value = false
    }
  }

  /** What the person wants does not depend on what the desk changed meanwhile: it is sent again for the hand as it is now, as long as that step exists. */
  async function insist(hand: Pick<OwnHand, 'id' | 'version'>, action: OwnAction): Promise<void> {
    let version = hand.version
    for (let tries = 1; ; tries++) {
      try {
        await connection.request('hand:act', { sessionId, handId: hand.id, expectedVersion: version, action } satisfies HandAct)
        return
      } catch (error) {
        const { code, current } = refusalOf(error)
        const now = standingOf(current, hand.id)
        if (code !== 'stale' || tries >= TRIES || !now || !handStep(now.state, action)) throw error
        version = now.version
      }
    }
  }

  return {
    busy: readonly(busy),
    refusal: shallowReadonly(refusal),
    forget: () => void (refusal.value = null),
    /** Resolves to whether the hand is up; never rejects. */
    async raise(wish: Wish): Promise<boolean> {
      const key = JSON.stringify(wish)
      if (attempt?.wish !== key) attempt = { id: newId(), wish: key }
      const { id } = attempt
      const done = await run(() => connection.request('hand:raise', { sessionId, id, ...wish }))
      if (done) attempt = null
      return done !== null
    },
    /** Resolves to whether it is done; never rejects. */
    act: async (hand: Pick<OwnHand, 'id' | 'version'>, action: OwnAction): Promise<boolean> => (await run(() => insist(hand, action))) !== null,
    /** Says that this person is in the hall. Resolves to whether the server believes it; never rejects. */
    enterHall: async (code: string): Promise<boolean> => (await run(() => connection.request('hall:enter', { sessionId, code }))) !== null,
  }
}

export type FloorActs = ReturnType<typeof useFloorActs>
