import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { PublicForum } from '../../shared/forums.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { getJson } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'

/** The forums that are registered; null until they are known. */
export function useForums(): { forums: Readonly<ShallowRef<readonly PublicForum[] | null>>; error: Readonly<ShallowRef<Refusal | null>>; load: () => Promise<void> } {
  const forums = shallowRef<readonly PublicForum[] | null>(null)
  const error = shallowRef<Refusal | null>(null)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function load() {
    error.value = null
    try {
      const known = await getJson<PublicForum[]>('/api/forums')
      if (!gone) forums.value = known
    } catch (thrown) {
      if (!gone) error.value = refusalOf(thrown)
    }
  }
  void load()
  return { forums: shallowReadonly(forums), error: shallowReadonly(error), load }
}
