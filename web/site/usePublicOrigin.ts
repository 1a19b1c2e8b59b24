import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { publicOrigin } from './publicOrigin.ts'
import { useSite } from './useSite.ts'

/** The origin of addresses that others are given; call in `setup`. */
export function usePublicOrigin(): ComputedRef<string> {
  const { site } = useSite()
  return computed(() => publicOrigin(site.value?.url ?? null, window.location.origin))
}
