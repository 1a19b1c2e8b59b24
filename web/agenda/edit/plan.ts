import { plannedStarts } from '../../../shared/rules/agenda.ts'
import { formatTime } from '../../ui/formatTime.ts'
import { minutesOf } from './draft.ts'
import type { PartDraft } from './draft.ts'

/** When each part is to begin and to end, in the county's time, as 09:30. */
export function plan(parts: readonly PartDraft[], startsAt: string, locale: string): { from: string; to: string }[] {
  const items = parts.map((part) => ({ ...part, minutes: minutesOf(part) }))
  const starts = plannedStarts({ items }, startsAt)
  const text = (ms: number) => formatTime(new Date(ms).toISOString(), locale)
  return items.map(({ id, minutes }) => {
    const from = starts.get(id) ?? 0
    return { from: text(from), to: text(from + minutes * 60_000) }
  })
}
