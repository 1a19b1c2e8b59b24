import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { computed, onMounted, onScopeDispose, shallowRef, watch } from 'vue'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { SessionSummary } from '../../../shared/sessions.ts'
import { getJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'
import { arrange } from './schedule.ts'

/** How often a visible home page asks what is on, in milliseconds. */
const REFRESH = 20_000

/** What is on, coming and past; kept fresh while the page is looked at. A refresh that fails leaves what was there. */
export function useSchedule() {
  const sessions = shallowRef<SessionSummary[] | null>(null)
  const error = shallowRef<Refusal | null>(null)
  const visibility = useDocumentVisibility()
  let asked = 0

  async function load() {
    const mine = ++asked
    try {
      const list = await getJson<SessionSummary[]>('/api/sessions')
      if (mine !== asked) return
      sessions.value = list
      error.value = null
    } catch (thrown) {
      if (mine === asked) error.value = refusalOf(thrown)
    }
  }

  function retry() {
    error.value = null
    void load()
  }

  const looked = () => visibility.value === 'visible'
  useIntervalFn(() => looked() && void load(), REFRESH)
  watch(visibility, () => looked() && void load())
  onMounted(load)
  onScopeDispose(() => asked++)
  return { schedule: computed(() => sessions.value && arrange(sessions.value)), error, retry }
}
