import { inject, shallowReadonly, shallowRef } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'
import type { Department } from '../../shared/departments.ts'

export type DepartmentStore = {
  /** The county's departments, the archived too; null: not known yet. */
  departments: Readonly<ShallowRef<Department[] | null>>
  /** Fetches them unless they are known or on their way. @throws RefusedError when they do not come */
  load(): Promise<void>
  /** Fetches them anew. @throws RefusedError when they do not come */
  refresh(): Promise<void>
  byId(id: string | null): Department | undefined
}

/** The departments, fetched once for all who name one. `fetchAll` is GET /api/departments. */
export function createDepartments(fetchAll: () => Promise<Department[]>): DepartmentStore {
  const departments = shallowRef<Department[] | null>(null)
  let asking: Promise<void> | null = null

  async function refresh() {
    departments.value = await fetchAll()
  }

  return {
    departments: shallowReadonly(departments),
    async load() {
      if (departments.value === null) await (asking ??= refresh().finally(() => (asking = null)))
    },
    refresh,
    byId: (id) => departments.value?.find((department) => department.id === id),
  }
}

export const departmentsKey: InjectionKey<DepartmentStore> = Symbol('departments')

/** The county's departments, fetched at the first use; call in `setup`. Who must know whether that failed awaits `load`. */
export function useDepartments(): DepartmentStore {
  const store = inject(departmentsKey)
  if (!store) throw new Error('No departments were provided')
  // Asked again at the next use: without them a name merely stands without its badge.
  store.load().catch(() => undefined)
  return store
}
