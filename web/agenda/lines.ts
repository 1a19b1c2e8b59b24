import type { Agenda, AgendaItem } from '../../shared/agenda.ts'
import type { PublicQuestion } from '../../shared/questions.ts'
import { itemStanding, plannedStarts } from '../../shared/rules/agenda.ts'

export type AgendaLine = {
  item: AgendaItem
  standing: ReturnType<typeof itemStanding>
  /** By the plan, in milliseconds since 1970. */
  from: number
  to: number
  /** When it was begun last (ISO 8601); null: not yet. */
  began: string | null
  /** Lined up for it, as far as they are public. */
  questions: PublicQuestion[]
}

/** The agenda as everybody reads it, part by part. */
export function agendaLines(agenda: Agenda, startsAt: string, questions: ReadonlyMap<string, PublicQuestion>): AgendaLine[] {
  const starts = plannedStarts(agenda, startsAt)
  return agenda.items.map((item) => {
    const from = starts.get(item.id) ?? 0
    return {
      item,
      standing: itemStanding(agenda, item.id),
      from,
      to: from + item.minutes * 60_000,
      began: agenda.runs.findLast(({ itemId }) => itemId === item.id)?.startedAt ?? null,
      questions: item.questionIds.flatMap((id) => questions.get(id) ?? []),
    }
  })
}
