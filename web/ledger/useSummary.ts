import { computed, onMounted, onScopeDispose, shallowRef } from 'vue'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Outcome, Outcomes } from '../../shared/outcomes.ts'
import { getJson } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'
import { useSession } from '../sessions/useSession.ts'

/** Everything that the printed summary of a session says. Polls and the session itself are followed; the outcomes are as of `load`. */
export function useSummary(sessionId: string) {
  const feed = useSession(sessionId, 'participant')
  const outcomes = shallowRef<Outcomes | null>(null)
  const failed = shallowRef<Refusal | null>(null)
  let asked = 0
  onScopeDispose(() => asked++)

  async function load() {
    const mine = ++asked
    failed.value = null
    try {
      const path = `/api/sessions/${encodeURIComponent(sessionId)}/outcomes`
      const all: Outcome[] = []
      let page = await getJson<Outcomes>(path)
      all.push(...page.questions)
      while (page.next !== null && mine === asked) {
        page = await getJson<Outcomes>(`${path}?after=${page.next}`)
        all.push(...page.questions)
      }
      if (mine === asked) outcomes.value = { ...page, questions: all }
    } catch (thrown) {
      if (mine === asked) failed.value = refusalOf(thrown)
    }
  }
  onMounted(load)

  const state = feed.state
  return {
    session: computed(() => state.value?.session ?? null),
    polls: computed(() => [...(state.value?.polls.values() ?? [])].filter((poll) => poll.state === 'closed').sort((a, b) => a.number - b.number)),
    outcomes,
    error: computed(() => failed.value ?? feed.error.value),
    async retry() {
      feed.refresh()
      await load()
    },
  }
}
