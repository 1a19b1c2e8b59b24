import type { Department } from '../../../shared/departments.ts'

/** Stands for “none of the list”: a select has no empty value. */
export const FREE = 'free'

export type DepartmentItem = { id: string; name: string; archived: boolean }

/** What a guest can speak for: the departments in use, and the one that is chosen, whatever became of it. `name`: what stands for it in the session. */
export function departmentItems(departments: readonly Department[], chosen: string | null, name: string): DepartmentItem[] {
  const items = departments.filter(({ id, archived }) => !archived || id === chosen).map(({ id, name: known, archived }) => ({ id, name: known, archived }))
  // Not known (yet): it stays chosen.
  return chosen === null || items.some(({ id }) => id === chosen) ? items : [...items, { id: chosen, name, archived: false }]
}
