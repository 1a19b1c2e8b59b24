import { useDocumentVisibility, useEventListener } from '@vueuse/core'
import { onMounted, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import type { Outcome, Outcomes } from '../../shared/outcomes.ts'
import type { QuestionState } from '../../shared/questions.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { getJson } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'

export type Filter = { state: QuestionState | null; search: string }

/** Milliseconds after the last letter until a search is sent. */
const TYPING = 300

function pathOf(sessionId: string, { state, search }: Filter, after: number): string {
  const query = new URLSearchParams()
  if (after > 0) query.set('after', String(after))
  if (state) query.set('state', state)
  if (search.trim() !== '') query.set('search', search.trim().slice(0, 50))
  const text = query.toString()
  return `/api/sessions/${encodeURIComponent(sessionId)}/outcomes${text === '' ? '' : `?${text}`}`
}

/**
 * What became of the questions of a session, as far as the filter lets them through, page by page. Looked up again when the reader comes back to the page or the network does.
 * A look-up that fails leaves what was there, and says so in `error`.
 */
export function useOutcomes(sessionId: string, filter: Ref<Filter>) {
  /** The last answer: its figures are of the whole session, whatever the filter. */
  const latest = shallowRef<Outcomes | null>(null)
  const questions = shallowRef<Outcome[]>([])
  const error = shallowRef<Refusal | null>(null)
  const busy = ref(false)
  let asked = 0

  async function fetchPages(upTo: number): Promise<Outcomes> {
    const gathered: Outcome[] = []
    let page = await getJson<Outcomes>(pathOf(sessionId, filter.value, 0))
    gathered.push(...page.questions)
    while (page.next !== null && gathered.length < upTo) {
      page = await getJson<Outcomes>(pathOf(sessionId, filter.value, page.next))
      gathered.push(...page.questions)
    }
    return { ...page, questions: gathered }
  }

  async function run(work: () => Promise<Outcomes>) {
    const mine = ++asked
    busy.value = true
    try {
      const answer = await work()
      if (mine !== asked) return
      latest.value = answer
      questions.value = answer.questions
      error.value = null
    } catch (thrown) {
      if (mine === asked) error.value = refusalOf(thrown)
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  /** Everything shown so far, as it is now. */
  const refresh = () => run(() => fetchPages(questions.value.length))
  const more = () =>
    run(async () => {
      const page = await getJson<Outcomes>(pathOf(sessionId, filter.value, latest.value?.next ?? 0))
      return { ...page, questions: [...questions.value, ...page.questions] }
    })

  const visibility = useDocumentVisibility()
  watch(visibility, () => visibility.value === 'visible' && void refresh())
  useEventListener(window, 'online', () => void refresh())

  let typing: ReturnType<typeof setTimeout> | undefined
  watch(filter, (now, before) => {
    clearTimeout(typing)
    const again = () => void run(() => fetchPages(0))
    if (now.search === before.search) again()
    else typing = setTimeout(again, TYPING)
  })
  onMounted(refresh)
  onScopeDispose(() => {
    asked++
    clearTimeout(typing)
  })
  return { latest, questions, error, busy, refresh, more }
}
