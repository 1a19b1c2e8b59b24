import { useEventListener } from '@vueuse/core'
import { onMounted, onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { refusalOf } from '../net/refusal.ts'

export type Loaded<T> = {
  /** null: not here yet. What came last stays when a later try fails. */
  value: Readonly<ShallowRef<T | null>>
  error: Readonly<ShallowRef<Refusal | null>>
  loading: Readonly<Ref<boolean>>
  /** Fetches anew; the last call counts. Never rejects. */
  load: () => Promise<void>
}

/** What `fetch` gives, from when the component is there until it goes; tried again by itself when the network is back. */
export function useLoaded<T>(fetch: () => Promise<T>): Loaded<T> {
  const value = shallowRef<T | null>(null)
  const error = shallowRef<Refusal | null>(null)
  const loading = ref(false)
  let turn = 0
  onScopeDispose(() => (turn = -1))

  async function load() {
    if (turn === -1) return
    const mine = ++turn
    loading.value = true
    try {
      const loaded = await fetch()
      if (mine !== turn) return
      value.value = loaded
      error.value = null
    } catch (thrown) {
      if (mine === turn) error.value = refusalOf(thrown)
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  onMounted(load)
  useEventListener(window, 'online', () => {
    if (error.value) void load()
  })
  return { value: shallowReadonly(value), error: shallowReadonly(error), loading: readonly(loading), load }
}
