import { inject, shallowReadonly, shallowRef } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { refusalOf } from '../net/refusal.ts'
import type { Connection } from '../net/types.ts'

/** What stands between the reader and what they just did. `current`: the session's rule, or the notice's version. */
export type Need = Refusal & { code: 'identity_required' | 'consent_required' }

export type Gate = {
  /** What is asked of the reader now; null: nothing. */
  need: Readonly<ShallowRef<Need | null>>
  /** The reader did it, or would rather not. */
  settle(passed: boolean): void
  /** Does `act`; when it takes more than the reader has shown so far, asks for that and does it again. @throws what `act` throws, also when the reader would rather not */
  through<T>(act: () => Promise<T>): Promise<T>
}

/** Whoever is known by more comes on another line, and the one before may still take what is sent with it when it goes: it is sent so many times more. */
const RENEWED = 3

const isNeed = (refusal: Refusal): refusal is Need => refusal.code === 'identity_required' || refusal.code === 'consent_required'

/** The one place where residents are asked who they are, or to agree. Whatever waits for it waits for the same answer. */
export function createGate(): Gate {
  const need = shallowRef<Need | null>(null)
  let asking: Promise<boolean> | null = null
  let answer: (passed: boolean) => void = () => undefined

  function ask(wanted: Need): Promise<boolean> {
    need.value ??= wanted
    asking ??= new Promise((resolve) => (answer = resolve))
    return asking
  }

  return {
    need: shallowReadonly(need),
    settle(passed) {
      need.value = null
      asking = null
      answer(passed)
    },
    async through(act) {
      for (let tries = 0; ; tries--) {
        try {
          return await act()
        } catch (error) {
          const refusal = refusalOf(error)
          if (isNeed(refusal)) {
            if (!(await ask(refusal))) throw error
            tries = RENEWED
          } else if (refusal.code !== 'offline' || tries <= 0) throw error
        }
      }
    },
  }
}

/** The line, with the reader asked for what a request takes: what was typed stays where it is, and goes on by itself. */
export const gated = (connection: Connection, gate: Gate): Connection => ({
  ...connection,
  request: (event, payload, options) => gate.through(() => connection.request(event, payload, options)),
})

export const gateKey: InjectionKey<Gate> = Symbol('gate')

/** Call in `setup`. */
export function useGate(): Gate {
  const gate = inject(gateKey)
  if (!gate) throw new Error('No gate was provided')
  return gate
}
