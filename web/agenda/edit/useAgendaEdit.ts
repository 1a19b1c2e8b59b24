import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Agenda } from '../../../shared/agenda.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { refusalOf } from '../../net/refusal.ts'
import { useConnection } from '../../net/socket.ts'
import type { SessionState } from '../../sessions/useSession.ts'
import { copyParts, keepMine, sameParts, toSave, withGuests } from './draft.ts'
import type { Issues, PartDraft } from './draft.ts'

/** The agenda while it is being written: follows what others save as long as nothing is changed here, and asks when both changed it. Call in `setup`. */
export function useAgendaEdit(state: () => SessionState) {
  const connection = useConnection()
  const remote = () => state().agenda
  const opened = () => withGuests(remote().items, state().session.guests)
  /** What the draft was made from. */
  const seen = shallowRef<Agenda>(remote())
  const base = shallowRef<PartDraft[]>(opened())
  const parts = ref<PartDraft[]>(opened())
  const saving = ref(false)
  const attempted = ref(false)
  const error = shallowRef<Refusal | null>(null)
  let gone = false
  onScopeDispose(() => (gone = true))

  const dirty = computed(() => !sameParts(base.value, parts.value))
  /** A colleague saved another list meanwhile. That the director moves on is no other list. */
  const newer = computed(() => !saving.value && remote().version > seen.value.version && !sameParts(seen.value.items, remote().items))
  const version = computed(() => (newer.value ? seen.value.version : Math.max(seen.value.version, remote().version)))
  const checked = computed(() => toSave(state().session.id, version.value, parts.value))
  /** Shown once somebody has tried to save. */
  const issues = computed<Issues>(() => (attempted.value && !checked.value.ok ? checked.value.issues : {}))

  function takeTheirs() {
    seen.value = remote()
    base.value = opened()
    parts.value = opened()
    attempted.value = false
    error.value = null
  }

  function takeMine() {
    const mine = copyParts(parts.value)
    const { runs, items } = remote()
    seen.value = remote()
    base.value = opened()
    parts.value = keepMine(mine, items, (id) => runs.some(({ itemId }) => itemId === id))
    error.value = null
  }

  watch([newer, dirty], () => newer.value && !dirty.value && takeTheirs())

  /** Resolves to whether it is saved; otherwise `issues`, `error` or `newer` says why not. Never rejects. */
  async function save(): Promise<boolean> {
    attempted.value = true
    error.value = null
    const request = checked.value
    if (!request.ok || saving.value) return false
    saving.value = true
    const sent = copyParts(parts.value)
    try {
      const { agenda } = await connection.request('agenda:save', request.input)
      if (gone) return true
      seen.value = agenda
      base.value = sent
      attempted.value = false
      return true
    } catch (thrown) {
      if (!gone) error.value = refusalOf(thrown)
      return false
    } finally {
      saving.value = false
    }
  }

  return { parts, dirty, newer, issues, error, saving, save, takeTheirs, takeMine }
}
