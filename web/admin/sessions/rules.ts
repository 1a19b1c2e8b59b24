import type { AdminSession } from '../../../shared/administration.ts'
import type { Phase } from '../../../shared/sessions.ts'

export const SESSION_LISTS = ['running', 'upcoming', 'over'] as const
export type SessionList = (typeof SESSION_LISTS)[number]

const LIST_OF: Record<Phase, SessionList> = { backstage: 'running', live: 'running', paused: 'running', announced: 'upcoming', ended: 'over', archived: 'over', cancelled: 'over' }

/** Sessions by how urgent they are: what runs (most watched first), what comes (soonest first), what is over (latest first). */
export function listed(sessions: readonly AdminSession[]): Record<SessionList, AdminSession[]> {
  const of = (list: SessionList) => sessions.filter(({ phase }) => LIST_OF[phase] === list)
  return {
    running: of('running').toSorted((a, b) => b.watching - a.watching || a.startsAt.localeCompare(b.startsAt)),
    upcoming: of('upcoming').toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)),
    over: of('over').toSorted((a, b) => b.startsAt.localeCompare(a.startsAt)),
  }
}
