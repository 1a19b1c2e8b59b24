import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { may } from '../../shared/rules/permissions.ts'
import { useMe } from '../accounts/useMe.ts'
import { SECTIONS, SECTION_GROUPS } from './sections.ts'
import type { Section } from './sections.ts'

export type SectionGroup = { id: Section['group']; sections: Section[] }

/** The sections that this person may open, by group; call in `setup`. */
export function useSections(): ComputedRef<SectionGroup[]> {
  const me = useMe()
  return computed(() => {
    const actor = me.actor('')
    const allowed = SECTIONS.filter(({ needs }) => may(actor, needs))
    return SECTION_GROUPS.map((id) => ({ id, sections: allowed.filter(({ group }) => group === id) })).filter(({ sections }) => sections.length > 0)
  })
}
