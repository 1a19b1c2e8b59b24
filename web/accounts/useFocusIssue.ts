import { nextTick } from 'vue'
import type { Ref } from 'vue'

/** Brings the reader to the first field of a form that does not do. */
export function useFocusIssue(form: Readonly<Ref<HTMLFormElement | null>>) {
  return async () => {
    await nextTick()
    form.value?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }
}
