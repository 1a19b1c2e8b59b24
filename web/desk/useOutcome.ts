import { readonly, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DeskQuestion } from '../../shared/questions.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import type { ActionInput } from './rules/input.ts'
import type { StaleNotice } from './rules/stale.ts'
import { stateAfter } from './rules/undo.ts'
import { useStaleText } from './useStaleText.ts'

/** What takes the last action back. `label` says in full what it does. */
export type Undo = { label: string; run: () => void }

export type Outcome = {
  /** Counts up, so that the same words said twice are read out twice. */
  id: number
  tone: 'done' | 'warning' | 'error'
  text: string
  undo: Undo | null
}

/** The last thing that happened at this desk, in words: shown in one place that covers nothing, and kept until the next. */
export function useOutcome() {
  const { t } = useI18n()
  const { refusalText } = useRefusalText()
  const staleText = useStaleText()
  const last = shallowRef<Outcome | null>(null)
  let count = 0

  function put(tone: Outcome['tone'], text: string, undo: Undo | null = null) {
    last.value = { id: ++count, tone, text, undo }
  }

  return {
    last: readonly(last),
    put,
    say: (text: string) => put('warning', text),
    clear() {
      last.value = null
    },
    done(question: DeskQuestion, input: ActionInput, undo: (() => void) | null) {
      const { number } = question
      const text = t(`desk.done.${input.action}`, { number, state: t(`term.question.${stateAfter(question, input)}`) })
      put('done', text, undo && { label: t('desk.done.undoLabel', { text }), run: undo })
    },
    stale(question: DeskQuestion, notice: StaleNotice) {
      put('warning', t('desk.stale.line', { number: question.number, what: staleText(notice) }))
    },
    refused: (refusal: Refusal) => put('error', refusalText(refusal)),
    failed(question: DeskQuestion, refusal: Refusal) {
      put('error', t('desk.notDone', { number: question.number, why: refusalText(refusal) }))
    },
  }
}

export type DeskOutcome = ReturnType<typeof useOutcome>
