import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useDepartments } from '../../departments/useDepartments.ts'

/** What a select has for no department: it cannot hold null. */
export const NO_DEPARTMENT = 'none'

/** The departments that can be chosen, and that which is chosen already; call in `setup`. */
export function useDepartmentChoices(chosen: string | null) {
  const { t } = useI18n()
  const { departments } = useDepartments()
  return computed(() => [
    { value: NO_DEPARTMENT, label: t('admin.people.noDepartment') },
    ...(departments.value ?? []).filter(({ id, archived }) => !archived || id === chosen).map(({ id, name }) => ({ value: id, label: name })),
  ])
}
