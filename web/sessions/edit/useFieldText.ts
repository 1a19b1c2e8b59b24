import { useI18n } from 'vue-i18n'
import { formatDateTime, fromLocalInput } from '../../ui/formatTime.ts'
import type { Draft, Field } from './draft.ts'

/** A draft's fields and what stands in them, in words; call in `setup`. */
export function useFieldText() {
  const { t, locale } = useI18n()

  const fieldName = (field: Field): string => t(`edit.field.${field}`)

  function ruleText(rule: Draft['settings']['rule']): string {
    if (rule === null) return t('edit.rule.none')
    const parts = [t('edit.rule.topIs', { count: rule.top }), t('edit.rule.perTopicIs', { count: rule.perTopic }), ...(rule.correctEarly ? [t('edit.rule.correctEarly')] : [])]
    return parts.join(t('edit.separator'))
  }

  function fieldValue(field: Field, draft: Draft): string {
    switch (field) {
      case 'kind':
        return t(`term.kind.${draft.kind}`)
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
      case 'answerSeconds':
        return t('edit.seconds', { count: draft.settings[field] })
      case 'lateMinutes':
        return t('edit.minutes', { count: draft.settings.lateMinutes })
      case 'topics':
        return draft.settings.topics.map(({ name }) => name).join(t('edit.separator')) || t('edit.nothing')
      case 'identity':
        return t(`edit.identity.${draft.settings.identity}.label`)
      case 'rule':
        return ruleText(draft.settings.rule)
    }
  }

  return { fieldName, fieldValue }
}
