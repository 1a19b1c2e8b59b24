import { useEventListener } from '@vueuse/core'
import { computed, onMounted, onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { AuditEntry, AuditPage } from '../../../shared/administration.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { getJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'
import { queryOf } from './rules.ts'
import type { AuditFilter } from './rules.ts'

/** The log, newest first, page by page; `filter` says of what. Call in `setup`. */
export function useAudit(filter: () => AuditFilter) {
  const entries = shallowRef<AuditEntry[] | null>(null)
  const next = ref<string | null>(null)
  const error = shallowRef<Refusal | null>(null)
  const loading = ref(false)
  /** Counts requests: an answer that was overtaken is dropped. */
  let turn = 0
  onScopeDispose(() => (turn = -1))

  /** Never rejects. */
  async function fetchPage(before: string | null) {
    if (turn === -1) return
    const mine = ++turn
    loading.value = true
    try {
      const page = await getJson<AuditPage>(`/api/admin/audit${queryOf(filter(), before === null ? {} : { before })}`)
      if (mine !== turn) return
      entries.value = before === null ? page.entries : [...(entries.value ?? []), ...page.entries]
      next.value = page.next
      error.value = null
    } catch (thrown) {
      if (mine === turn) error.value = refusalOf(thrown)
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  const load = () => fetchPage(null)
  onMounted(load)
  useEventListener(window, 'online', () => {
    if (error.value) void load()
  })
  return {
    entries: shallowReadonly(entries),
    error: shallowReadonly(error),
    loading: readonly(loading),
    hasMore: computed(() => next.value !== null),
    /** From the newest on. */
    load,
    more: () => (next.value === null || loading.value ? Promise.resolve() : fetchPage(next.value)),
  }
}
