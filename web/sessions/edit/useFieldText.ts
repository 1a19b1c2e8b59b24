import { useI18n } from 'vue-i18n'
import { formatDateTime, fromLocalInput } from '../../ui/formatTime.ts'
import type { Draft, Field } from './draft.ts'

/** A draft's fields and what stands in them, in words; call in `setup`. */
export function useFieldText() {
  const { t, locale } = useI18n()

  const fieldName = (field: Field): string => t(`edit.field.${field}`)

  function fieldValue(field: Field, draft: Draft): string {
    switch (field) {
      case 'title':
      case 'topic':
      case 'introduction':
        return draft[field] || t('edit.nothing')
      case 'startsAt': {
        const instant = fromLocalInput(draft.startsAt)
        return instant ? formatDateTime(instant, locale.value) : t('edit.nothing')
      }
      case 'plannedMinutes':
        return t('edit.minutes', { count: draft.plannedMinutes })
      case 'guests':
        return draft.guests.map(({ name, department, post }) => [name, [department, post].filter(Boolean).join(' ')].filter(Boolean).join(' · ')).join('\n') || t('edit.nothing')
      case 'reviewFirst':
      case 'askBefore':
      case 'chatEnabled':
        return t(draft.settings[field] ? 'edit.yes' : 'edit.no')
      case 'chatSlowSeconds':
        return t('edit.seconds', { count: draft.settings.chatSlowSeconds })
    }
  }

  return { fieldName, fieldValue }
}
