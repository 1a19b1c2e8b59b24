import { computed, onScopeDispose, reactive, ref, shallowReadonly, shallowRef } from 'vue'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { SignInStep } from '../../shared/staff.ts'
import { refusalOf } from '../net/refusal.ts'
import { issuesOf, refusedFields } from './accepting.ts'
import type { Field, FieldIssues, Typed } from './accepting.ts'
import { useIdentity } from './identity.ts'

/**
 * The form that makes an account or gives one a new password. `fields`: those that are asked for. `send` does it.
 * `submit` resolves with what is left to do; null: it was not done, `issues` or `refusal` say why.
 */
export function useAccepting(given: { fields: () => readonly Field[]; send: (typed: Typed) => Promise<SignInStep> }) {
  const identity = useIdentity()
  const typed = reactive<Typed>({ siteName: '', name: '', username: '', password: '' })
  const tried = ref(false)
  const busy = ref(false)
  const refusal = shallowRef<Refusal | null>(null)
  /** What the server refused, and the words that it refused. */
  const refused = shallowRef<{ issues: FieldIssues; sent: Typed } | null>(null)
  let gone = false
  onScopeDispose(() => (gone = true))

  const issues = computed<FieldIssues>(() => {
    if (!tried.value) return {}
    const standing = Object.entries(refused.value?.issues ?? {}).filter(([field]) => refused.value?.sent[field as Field] === typed[field as Field])
    return { ...Object.fromEntries(standing), ...issuesOf(typed, given.fields()) }
  })

  async function submit(): Promise<SignInStep | null> {
    if (busy.value) return null
    tried.value = true
    refusal.value = null
    if (Object.keys(issuesOf(typed, given.fields())).length > 0) return null
    busy.value = true
    const sent = { ...typed }
    try {
      const step = await identity.change(() => given.send(sent))
      return gone ? null : step
    } catch (thrown) {
      const why = refusalOf(thrown)
      const fields = refusedFields(why, given.fields())
      if (fields) refused.value = { issues: fields, sent }
      else refusal.value = why
      return null
    } finally {
      busy.value = false
    }
  }

  return { typed, tried, busy, issues, refusal: shallowReadonly(refusal), submit }
}
