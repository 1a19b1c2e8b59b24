import { computed, ref, shallowRef, watch } from 'vue'
import { LIMITS } from '../../shared/limits.ts'
import type { DeskQuestion, SimilarQuestion } from '../../shared/questions.ts'
import { takesMerges } from '../../shared/rules/questionLifecycle.ts'
import { useConnection } from '../net/socket.ts'
import { matches, searchWords } from './rules/filter.ts'
import { useDesk } from './useDesk.ts'

/** Found questions that are listed: whoever sees none among these searches on. */
const LISTED = 20

/**
 * What `questions` can be merged into: those most alike first, or whatever a search finds among all of the desk's.
 * Of many, each may itself be the one that the others are merged into.
 */
export function useMergeCandidates(questions: () => readonly DeskQuestion[], many: () => boolean) {
  const desk = useDesk()
  const connection = useConnection()
  const query = ref('')
  const similar = shallowRef<readonly SimilarQuestion[] | null>(null)
  /** Counts the searches: an answer that comes after the next question was asked is dropped. */
  let asked = 0

  async function look() {
    const [first] = questions()
    const mine = ++asked
    query.value = ''
    similar.value = null
    if (!first) return
    try {
      const text = [...first.text].slice(0, LIMITS.questionLength).join('')
      const found = await connection.request('question:similar', { sessionId: desk.sessionId, text, scope: 'desk', exclude: first.id })
      if (mine === asked) similar.value = found.questions
    } catch {
      // The search among all is still there.
      if (mine === asked) similar.value = []
    }
  }
  watch(questions, look, { immediate: true })

  const eligible = (question: DeskQuestion) => takesMerges(question.state) && (many() || question.id !== questions()[0]?.id)
  const candidates = computed<DeskQuestion[]>(() => {
    const words = searchWords(query.value)
    if (words.length > 0) return [...desk.desk().values()].filter((question) => eligible(question) && matches(question, words)).slice(0, LISTED)
    const own = many() ? questions().toSorted((a, b) => b.votes - a.votes || a.number - b.number) : []
    const ids = new Set(own.map(({ id }) => id))
    const alike = (similar.value ?? []).flatMap(({ id }) => desk.desk().get(id) ?? [])
    return [...own, ...alike.filter(({ id }) => !ids.has(id))].filter(eligible)
  })

  return { query, candidates, loading: computed(() => similar.value === null && query.value === '') }
}
