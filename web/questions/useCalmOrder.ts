import { computed, ref, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { countChanges, stillThere } from './calm.ts'

export type CalmOrder = {
  /** Ids in the order to show. */
  shown: Readonly<Ref<string[]>>
  /** How many entries would appear or move among the first `drawn`; 0 when those are as they should be. */
  changes: ComputedRef<number>
  /** Brings the list up to date now. */
  apply(): void
}

/**
 * Holds the order of a list still while somebody reads it.
 * @param wanted ids in the order that is now right
 * @param reading whether somebody is at the list
 * @param drawn how many entries from the top are drawn; what changes further down concerns no reader
 */
export function useCalmOrder(wanted: () => string[], reading: Readonly<Ref<boolean>>, drawn: Readonly<Ref<number>>): CalmOrder {
  const held = ref<string[]>(wanted())
  const shown = computed(() => stillThere(held.value, wanted()))
  const changes = computed(() => countChanges(shown.value.slice(0, drawn.value), wanted().slice(0, drawn.value)))
  const apply = () => {
    held.value = wanted()
  }
  watch([wanted, reading], () => {
    if (!reading.value || shown.value.length === 0) apply()
  })
  return { shown, changes, apply }
}
