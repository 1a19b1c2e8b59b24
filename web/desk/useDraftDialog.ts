import { computed } from 'vue'
import { actionsFor } from './rules/actions.ts'
import type { ActionInput } from './rules/input.ts'
import { explainStale } from './rules/stale.ts'
import type { BulkAct } from './rules/undo.ts'
import { useDesk } from './useDesk.ts'
import type { OpenDialog } from './useDesk.ts'

/** Words are kept when a dialog is closed; a choice is not, and nothing that was meant for many: it would wait there for the next ones. */
const KEPT: ReadonlySet<OpenDialog['action']> = new Set(['decline', 'edit', 'reply'])

/**
 * The dialog that completes `action`: what is typed is kept until it is accepted, and a question that others change meanwhile is shown as it is now
 * instead of being overwritten. For many at once the outcome tells which were changed.
 * @param startWith what the field holds before anything was typed
 */
export function useDraftDialog(action: OpenDialog['action'], startWith: (dialog: OpenDialog) => string = () => '') {
  const desk = useDesk()
  const opened = computed(() => (desk.dialog.value?.action === action ? desk.dialog.value : null))
  const questions = computed(() => opened.value?.about.questions ?? [])
  const many = computed(() => opened.value?.about.bulk ?? false)
  /** The only question it is about. */
  const seen = computed(() => (many.value ? null : (questions.value[0] ?? null)))
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
  const possible = computed(() => many.value || (current.value !== null && actionsFor(current.value.state, desk.actor.value).includes(action)))
  const busy = computed(() => (many.value ? desk.bulk.busy.value : seen.value !== null && desk.actions.busy.has(seen.value.id)))

  function finish(dialog: OpenDialog, draft: string) {
    desk.drafts.delete(draft)
    if (dialog.about.bulk) desk.marks.clear()
    if (desk.dialog.value?.action === action) desk.dialog.value = null
  }

  return {
    desk,
    open: computed(() => opened.value !== null),
    questions,
    many,
    seen,
    current,
    text,
    changed,
    possible,
    busy,
    ready: computed(() => possible.value && changed.value === null && !busy.value && desk.locked.value === null),
    /** Decides anew upon the question as it is now. */
    adopt() {
      if (current.value && possible.value) desk.dialog.value = { action, about: { questions: [current.value], bulk: false } }
    },
    close() {
      if (!opened.value) return
      if (many.value || !KEPT.has(action)) desk.drafts.delete(key.value)
      desk.dialog.value = null
    },
    /** @param except with many: those among them that are left out, as what the others are merged into */
    async submit(input: ActionInput & (BulkAct | { action: 'edit' | 'reply' }), except?: string) {
      const dialog = opened.value
      const draft = key.value
      if (!dialog) return
      const { bulk, questions: about } = dialog.about
      const [only] = about
      const done = bulk && input.action !== 'edit' && input.action !== 'reply' ? await desk.bulk.run(about.filter(({ id }) => id !== except), input) : only !== undefined && (await desk.actions.act(only, input))
      if (done) finish(dialog, draft)
    },
  }
}
