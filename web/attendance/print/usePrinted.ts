import { computed } from 'vue'
import { useSession } from '../../sessions/useSession.ts'
import { useAttendance } from '../manage/useAttendance.ts'
import { bySeat, hasPlace } from '../seats.ts'

export type PrintedPerson = { id: string; name: string; /** Forum, or department and post. */ about: string; seat: string; table: string; forumId: string | null; guest: boolean }

/** Who stands on cards and lists: the session's guests, and everybody with a place, by seat. `own`: what residents on their own are called. */
export function usePrinted(sessionId: string, own: () => string) {
  const { state } = useSession(sessionId, 'participant')
  const { list, forums, error, load } = useAttendance(sessionId)
  const session = computed(() => state.value?.session ?? null)
  const forumName = (id: string | null) => (id === null ? own() : (forums.value.find((forum) => forum.id === id)?.name ?? ''))

  const people = computed<PrintedPerson[]>(() =>
    bySeat((list.value?.attendees ?? []).filter(hasPlace)).map(({ id, name, seat, tableId, forumId }) => ({
      id,
      name,
      about: forumName(forumId),
      seat,
      table: state.value?.floor.tables.find((table) => table.id === tableId)?.name ?? '',
      forumId,
      guest: false,
    })),
  )
  const guests = computed<PrintedPerson[]>(() =>
    (session.value?.guests ?? []).map(({ id, name, department, post }) => ({ id, name, about: [department, post].filter((part) => part !== '').join(' '), seat: '', table: '', forumId: null, guest: true })),
  )
  return { session, venue: computed(() => list.value?.settings.venue ?? ''), people, guests, ready: computed(() => list.value !== null && session.value !== null), error, load }
}
