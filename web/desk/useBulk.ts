import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { BulkOutcome, DeskQuestion, QuestionBulk } from '../../shared/questions.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { undoOfBulk } from './rules/undo.ts'
import type { BulkAct } from './rules/undo.ts'
import type { DeskOutcome } from './useOutcome.ts'

/** Numbers of refused questions that are named; the rest is counted. */
const NAMED = 5

/**
 * Does the same with many questions at once, and says how many it was done with and which were refused.
 * @param own marks ids whose move is this person's own; returns what ends that
 */
export function useBulk(sessionId: string, desk: () => ReadonlyMap<string, DeskQuestion>, outcome: DeskOutcome, own: (ids: readonly string[]) => () => void) {
  const connection = useConnection()
  const { t } = useI18n()
  const { refusalText } = useRefusalText()
  const busy = ref(false)

  async function send(act: BulkAct, targets: QuestionBulk['targets']): Promise<BulkOutcome> {
    const disown = own(targets.map(({ questionId }) => questionId))
    try {
      return await connection.request('question:bulk', { sessionId, targets, act })
    } finally {
      disown()
    }
  }

  function tell(text: string, refused: BulkOutcome['refused'], undo: (() => void) | null) {
    const undoing = undo && { label: t('desk.done.undoLabel', { text }), run: undo }
    if (refused.length === 0) return outcome.put('done', text, undoing)
    const numbers = refused.flatMap(({ id }) => desk().get(id)?.number ?? [])
    const which = numbers.slice(0, NAMED).map((number) => `#${number}`).join(t('desk.bulk.and'))
    outcome.put('warning', t('desk.bulk.refused', { text, count: refused.length, which, more: numbers.length > NAMED ? '…' : '' }), undoing)
  }

  async function guarded(work: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      await work()
      return true
    } catch (error) {
      outcome.put('error', t('desk.bulk.failed', { why: refusalText(refusalOf(error)) }))
      return false
    } finally {
      busy.value = false
    }
  }

  /** Takes a bulk action back, step by step. */
  function undo(before: ReadonlyMap<string, DeskQuestion>, act: BulkAct, done: BulkOutcome['done']) {
    return guarded(async () => {
      const outcomes = []
      for (const step of undoOfBulk(before, act, done)) outcomes.push(await send(step.act, step.targets))
      const count = outcomes.reduce((sum, { done: undone }) => sum + undone.length, 0)
      tell(t('desk.bulk.undone', { count }, count), outcomes.flatMap(({ refused }) => refused), null)
    })
  }

  /** Does `act` with `questions` as this person sees them. Resolves to whether the server took it; never rejects. */
  function run(questions: readonly DeskQuestion[], act: BulkAct): Promise<boolean> {
    const before = new Map(questions.map((question) => [question.id, question]))
    return guarded(async () => {
      const { done, refused } = await send(act, questions.map(({ id, version }) => ({ questionId: id, expectedVersion: version })))
      const undoable = undoOfBulk(before, act, done).length > 0
      tell(t(`desk.bulk.done.${act.action}`, { count: done.length }, done.length), refused, undoable ? () => void undo(before, act, done) : null)
    })
  }

  return { run, busy }
}
