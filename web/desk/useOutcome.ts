import { computed, readonly, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DeskQuestion } from '../../shared/questions.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { questionStep } from '../../shared/rules/questionLifecycle.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { isUndoable, takeBackTo } from './rules/actions.ts'
import type { ActionInput } from './rules/input.ts'
import type { StaleNotice } from './rules/stale.ts'
import { useStaleText } from './useStaleText.ts'

export type Outcome = {
  /** Counts up, so that the same words said twice are read out twice. */
  id: number
  tone: 'done' | 'warning' | 'error'
  text: string
  /** The question as it stands after the action, when taking it back undoes that. */
  undo: DeskQuestion | null
}

/** The last thing that happened at this desk, in words: shown in one place that covers nothing, and kept until the next. */
export function useOutcome() {
  const { t } = useI18n()
  const { refusalText } = useRefusalText()
  const staleText = useStaleText()
  const last = shallowRef<Outcome | null>(null)
  let count = 0

  function put(tone: Outcome['tone'], text: string, undo: DeskQuestion | null = null) {
    last.value = { id: ++count, tone, text, undo }
  }

  return {
    last: readonly(last),
    undoable: computed(() => last.value?.undo ?? null),
    say: (text: string) => put('warning', text),
    clear() {
      last.value = null
    },
    done(question: DeskQuestion, input: ActionInput, version: number) {
      const state = questionStep(question.state, input.action)?.to ?? question.state
      const undo = isUndoable(input.action) && takeBackTo(state) !== null ? { ...question, state, version } : null
      put('done', t(`desk.done.${input.action}`, { number: question.number, state: t(`term.question.${state}`) }), undo)
    },
    stale(question: DeskQuestion, notice: StaleNotice) {
      put('warning', t('desk.stale.line', { number: question.number, what: staleText(notice) }))
    },
    failed(question: DeskQuestion, refusal: Refusal) {
      put('error', t('desk.notDone', { number: question.number, why: refusalText(refusal) }))
    },
  }
}
