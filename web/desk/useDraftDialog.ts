import { computed } from 'vue'
import type { DeskAction } from './rules/shortcuts.ts'
import { actionsFor } from './rules/actions.ts'
import type { ActionInput } from './rules/input.ts'
import { explainStale } from './rules/stale.ts'
import { useDesk } from './useDesk.ts'
import type { OpenDialog } from './useDesk.ts'

/**
 * The dialog that completes `action`: what is typed is kept until it is accepted, and a question that others change meanwhile is shown as it is now
 * instead of being overwritten.
 * @param startWith what the field holds before anything was typed
 */
export function useDraftDialog(action: OpenDialog['action'] & DeskAction, startWith: (dialog: OpenDialog) => string) {
  const desk = useDesk()
  const opened = computed(() => (desk.dialog.value?.action === action ? desk.dialog.value : null))
  const seen = computed(() => opened.value?.seen ?? null)
  const current = computed(() => (seen.value ? (desk.desk().get(seen.value.id) ?? null) : null))
  const key = computed(() => `${action}:${seen.value?.id ?? ''}`)

  const text = computed({
    get: () => desk.drafts.get(key.value) ?? (opened.value ? startWith(opened.value) : ''),
    set: (typed: string) => desk.drafts.set(key.value, typed),
  })
  /** What others did since this person decided, or null. */
  const changed = computed(() => {
    if (!seen.value || current.value?.version === seen.value.version) return null
    return explainStale({ action, seen: seen.value, replacing: null }, current.value, null)
  })
  const possible = computed(() => current.value !== null && actionsFor(current.value.state, desk.actor.value).includes(action))
  const busy = computed(() => seen.value !== null && desk.actions.busy.has(seen.value.id))

  return {
    desk,
    seen,
    current,
    text,
    changed,
    possible,
    busy,
    ready: computed(() => possible.value && changed.value === null && !busy.value && desk.locked.value === null),
    /** Decides anew upon the question as it is now. */
    adopt() {
      if (current.value && possible.value) desk.dialog.value = { action, seen: current.value }
    },
    close() {
      if (opened.value) desk.dialog.value = null
    },
    async submit(input: ActionInput) {
      const question = seen.value
      const draft = key.value
      if (!question) return
      if (!(await desk.actions.act(question, input))) return
      desk.drafts.delete(draft)
      if (desk.dialog.value?.action === action && desk.dialog.value.seen.id === question.id) desk.dialog.value = null
    },
  }
}
