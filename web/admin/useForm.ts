import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { z } from 'zod'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { refusalOf } from '../net/refusal.ts'
import { issuesOf } from './issues.ts'

/** A form that is checked by the schema which the server parses it by; call in `setup`. */
export function useForm<S extends z.ZodType>(schema: S) {
  const { refusalText, issueText } = useRefusalText()
  const busy = ref(false)
  const refusal = shallowRef<Refusal | null>(null)
  const issues = shallowRef<Readonly<Record<string, string>>>({})
  let gone = false
  onScopeDispose(() => (gone = true))

  return {
    busy: readonly(busy),
    /** Why the last try was refused; null: it was not, or it never got as far. */
    refusal: shallowReadonly(refusal),
    /** The refusal in words. */
    refusedText: () => (refusal.value ? refusalText(refusal.value) : null),
    /** What is wrong with the field at `path`, in words. */
    issue: (path: string): string | undefined => (issues.value[path] === undefined ? undefined : issueText(issues.value[path])),
    forget: () => (refusal.value = null),
    /** Checks `value`, then does `act` with it as the schema cleans it. Resolves with what came back, or null: then `issue` and `refusal` say why. Never rejects. */
    async send<T>(value: z.input<S>, act: (input: z.output<S>) => Promise<T>): Promise<{ data: T } | null> {
      if (busy.value) return null
      const parsed = schema.safeParse(value)
      issues.value = parsed.success ? {} : issuesOf(parsed.error.issues)
      refusal.value = null
      if (!parsed.success) return null
      busy.value = true
      try {
        const data = await act(parsed.data)
        return gone ? null : { data }
      } catch (thrown) {
        refusal.value = refusalOf(thrown)
        issues.value = Object.fromEntries((refusal.value.issues ?? []).map(({ path, code }) => [path, code]))
        return null
      } finally {
        busy.value = false
      }
    },
  }
}
