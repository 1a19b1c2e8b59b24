import { useI18n } from 'vue-i18n'
import { countyDate } from '../../shared/rules/county.ts'
import type { SpotKind, SpotRecord } from '../../shared/spot.ts'
import { formatDue } from './days.ts'

export const SPOT_ICONS: Record<SpotKind, string> = { answer: 'i-lucide-message-square-check', promise: 'i-lucide-handshake', task: 'i-lucide-clipboard-check' }

/** What a record says, the same wherever it is shown. Needs the texts of the room `spot`; call in `setup`. `longAgo`: years are always written out. */
export function useSpotText({ longAgo = false }: { longAgo?: boolean } = {}) {
  const { t, locale } = useI18n()

  const due = (date: string) => formatDue(date, locale.value, longAgo ? null : countyDate(Date.now()))
  const who = ({ who: name, department }: Pick<SpotRecord, 'who' | 'department'>) => (department === '' || department === name ? name : t('spot.who', { who: name, department }))
  return {
    due,
    who,
    kind: ({ kind }: Pick<SpotRecord, 'kind'>) => t(`spot.kind.${kind}`),
    /** “承诺：县住建局李局长，12月1日前” */
    line: (record: Pick<SpotRecord, 'kind' | 'who' | 'department' | 'dueOn'>) => t(`spot.line.${record.kind}`, { who: who(record), due: record.dueOn === null ? '' : due(record.dueOn) }),
  }
}
