import { watchDebounced } from '@vueuse/core'
import { computed, onMounted, onScopeDispose, reactive, ref, shallowRef } from 'vue'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { SessionView } from '../../../shared/sessions.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { newSessionId } from '../../net/ids.ts'
import { refusalOf } from '../../net/refusal.ts'
import { browserStorage } from '../../ui/browserStorage.ts'
import { copyDraft, differences, draftOf, emptyDraft, merge, sameFields, toCreate, toEdit } from './draft.ts'
import type { Draft, Issues, Merge } from './draft.ts'
import { createDraftStore } from './draftStore.ts'

const KEEP_AFTER = 400

/** The edit form's state: loads, keeps unsaved work, checks, saves, and merges when somebody else saved first. `sessionId` null: a new session. */
export function useEdit(sessionId: string | null) {
  const store = createDraftStore(browserStorage(), sessionId)
  const draft = reactive<Draft>(emptyDraft(Date.now()))
  const base = shallowRef<Draft>(copyDraft(draft))
  const version = ref<number | null>(null)
  const id = ref(sessionId ?? newSessionId())
  const phase = ref<'loading' | 'ready' | 'error'>(sessionId === null ? 'ready' : 'loading')
  const error = shallowRef<Refusal | null>(null)
  const saving = ref(false)
  const restored = ref(false)
  const attempted = ref(false)
  /** What the server has, when a save came too late. */
  const newer = shallowRef<SessionView | null>(null)
  let alive = true

  const dirty = computed(() => differences(base.value, draft).length > 0)
  const checked = computed(() => (version.value === null ? toCreate(draft, id.value) : toEdit(draft, version.value)))
  /** What the server alone could know. */
  const refused = shallowRef<Issues>({})
  /** Shown once the host has tried to save: nobody is told off while still typing. */
  const issues = computed<Issues>(() => (attempted.value && !checked.value.ok ? checked.value.issues : refused.value))
  const merged = computed<Merge | null>(() => newer.value && merge(base.value, draft, draftOf(newer.value)))

  /** The session has ended: what it is judged by stands. */
  const over = ref(false)

  /** Stands on what the server has; of the form, only what was changed after `sent` stays. */
  function adopt(view: SessionView, sent: Draft | null = null) {
    const saved = draftOf(view)
    version.value = view.version
    over.value = view.endedAt !== null
    base.value = saved
    Object.assign(draft, sent ? merge(sent, copyDraft(draft), saved).draft : draftOf(view))
    newer.value = null
    attempted.value = false
    phase.value = 'ready'
  }

  function restore() {
    const kept = store.load()
    if (!kept || (sessionId !== null && kept.version === null)) return
    id.value = kept.id
    version.value = kept.version
    base.value = kept.base
    Object.assign(draft, kept.draft)
    restored.value = dirty.value
  }

  async function load() {
    if (sessionId === null) return
    phase.value = 'loading'
    error.value = null
    try {
      const view = await getJson<SessionView>(`/api/sessions/${sessionId}`)
      if (!alive) return
      adopt(view)
      restore()
    } catch (thrown) {
      if (!alive) return
      error.value = refusalOf(thrown)
      phase.value = 'error'
    }
  }

  /** Resolves with what was saved, or null when it was not; `issues`, `error` or `newer` then say why. */
  async function save(): Promise<SessionView | null> {
    attempted.value = true
    error.value = null
    refused.value = {}
    const result = checked.value
    if (!result.ok || saving.value) return null
    saving.value = true
    const sent = copyDraft(draft)
    const creating = version.value === null
    try {
      const view = await sendJson<SessionView>(creating ? 'POST' : 'PUT', creating ? '/api/sessions' : `/api/sessions/${id.value}`, result.input)
      if (creating && !sameFields(view, result.input)) return await saveOver(view)
      store.clear()
      if (!alive) return view
      restored.value = false
      adopt(view, sent)
      return view
    } catch (thrown) {
      if (!alive) return null
      const refusal = refusalOf(thrown)
      if (refusal.code === 'stale') await showNewer()
      else if (refusal.issues) refused.value = Object.fromEntries(refusal.issues.map(({ path, code }) => [path, code]))
      else error.value = refusal
      return null
    } finally {
      saving.value = false
    }
  }

  /** An earlier try had created the session already, and its answer was lost: what was changed since is an edit of it. */
  function saveOver(created: SessionView): Promise<SessionView | null> {
    version.value = created.version
    base.value = draftOf(created)
    saving.value = false
    return save()
  }

  async function showNewer() {
    try {
      const view = await getJson<SessionView>(`/api/sessions/${id.value}`)
      if (alive) newer.value = view
    } catch (thrown) {
      if (alive) error.value = refusalOf(thrown)
    }
  }

  /** Goes on from what the server has, with everything that was changed here kept. */
  function takeNewer() {
    if (!newer.value || !merged.value) return
    const next = copyDraft(merged.value.draft)
    version.value = newer.value.version
    base.value = draftOf(newer.value)
    Object.assign(draft, next)
    newer.value = null
  }

  /** Forgets unsaved work. */
  async function discard() {
    store.clear()
    restored.value = false
    if (sessionId !== null) return load()
    id.value = newSessionId()
    Object.assign(draft, emptyDraft(Date.now()))
    base.value = copyDraft(draft)
    attempted.value = false
  }

  watchDebounced(
    [draft, version],
    () => {
      if (phase.value !== 'ready' || saving.value) return
      if (dirty.value) store.save({ id: id.value, version: version.value, base: base.value, draft: copyDraft(draft) })
      else store.clear()
    },
    { debounce: KEEP_AFTER, maxWait: 4 * KEEP_AFTER },
  )

  if (sessionId === null) restore()
  onMounted(load)
  onScopeDispose(() => (alive = false))
  return { draft, id, phase, over, error, issues, dirty, saving, restored, newer, merged, load, save, takeNewer, discard }
}
