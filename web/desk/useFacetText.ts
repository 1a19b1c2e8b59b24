import { useI18n } from 'vue-i18n'
import { NONE } from './rules/filter.ts'
import type { Facet } from './rules/filter.ts'
import { useDesk } from './useDesk.ts'

/** One choice of the filter in words; call in `setup`. */
export function useFacetText(): (facet: Facet, value: string) => string {
  const desk = useDesk()
  const { t } = useI18n()
  return (facet, value) => {
    const { settings, guests } = desk.state().session
    switch (facet) {
      case 'situation':
        return t(`desk.filter.situation.${value}`)
      case 'channel':
        return t(`term.channel.${value}`)
      case 'forum':
        return [...desk.desk().values()].find(({ forum }) => forum?.id === value)?.forum?.name ?? t('desk.filter.gone')
      case 'topic':
        return value === NONE ? t('desk.filter.noTopic') : (settings.topics.find(({ id }) => id === value)?.name ?? t('desk.filter.gone'))
      case 'guest':
        return value === NONE ? t('desk.filter.noGuest') : (guests.find(({ id }) => id === value)?.name ?? t('desk.filter.gone'))
    }
  }
}
