import { computed, ref, shallowReadonly, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { z } from 'zod'
import { useToasts } from '../../ui/useToasts.ts'
import { useForm } from '../useForm.ts'
import { useLoaded } from '../useLoaded.ts'
import { useUnsavedGuard } from './useUnsavedGuard.ts'

/** Something that is kept as a whole, with a number that guards against overwriting a colleague. */
export type Kept<V> = { value: V; version: number }

type Sent<V> = { expectedVersion: number; value: V }

const copyOf = <V>(value: V): V => JSON.parse(JSON.stringify(value)) as V

/**
 * A draft of what is kept, from loading it to saving it; call in `setup`. `schema` parses `{expectedVersion, value}`, so that the paths of issues begin with `value.`;
 * `save` is given what it makes of the draft. Leaving with a draft that is not saved asks first.
 */
export function useKept<V>(deps: { load: () => Promise<Kept<V>>; save: (value: V, expectedVersion: number) => Promise<Kept<V>>; schema: z.ZodType<Sent<V>, Sent<V>>; /** What a refusal `stale` brings, where that is not a {@link Kept} itself. */ current?: (current: unknown) => Kept<V> }) {
  const { t } = useI18n()
  const toasts = useToasts()
  const loaded = useLoaded(deps.load)
  const form = useForm(deps.schema)
  const base = shallowRef<Kept<V> | null>(null)
  const draft = ref(null) as Ref<V | null>
  const dirty = computed(() => base.value !== null && JSON.stringify(draft.value) !== JSON.stringify(base.value.value))
  useUnsavedGuard(dirty)

  function adopt(kept: Kept<V>) {
    base.value = kept
    draft.value = copyOf(kept.value)
    form.forget()
  }
  // What was typed meanwhile is not thrown away; saving it will be told that it is stale.
  watch(loaded.value, (kept) => kept && !dirty.value && adopt(kept))

  const currentOf = deps.current ?? ((current: unknown) => current as Kept<V>)
  const theirs = computed(() => (form.refusal.value?.code === 'stale' ? currentOf(form.refusal.value.current) : null))

  async function save(over: Kept<V> | null = null): Promise<boolean> {
    if (!base.value || draft.value === null) return false
    const sent = JSON.stringify(draft.value)
    const done = await form.send({ expectedVersion: (over ?? base.value).version, value: copyOf(draft.value) }, (input) => deps.save(input.value, input.expectedVersion))
    if (!done) return false
    if (JSON.stringify(draft.value) === sent) adopt(done.data)
    else base.value = done.data
    toasts.done(t('admin.saved'))
    return true
  }

  return {
    loaded,
    form,
    draft,
    dirty,
    /** What a colleague saved meanwhile, after saving was refused for it. */
    theirs,
    /** What it was when the draft was begun. */
    base: shallowReadonly(base),
    adopt,
    save,
    discard: () => base.value && adopt(base.value),
    /** What is wrong with a field of the value, in words. */
    issue: (path: string) => form.issue(`value.${path}`),
  }
}
