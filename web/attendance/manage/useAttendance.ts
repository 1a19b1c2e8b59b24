import { useEventListener, useIntervalFn } from '@vueuse/core'
import { onMounted, onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { AssignSeats, Attendee, AttendanceList, AttendeeAct, InviteAttendees, Reminded, SetAttendance } from '../../../shared/attendance.ts'
import type { PublicForum } from '../../../shared/forums.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'

/** How often replies are looked for while the page is seen, in milliseconds. */
const EVERY = 15_000

/** A session's list of people, and all that its office does with it. Whatever changes it throws RefusedError, and shows what is true then. */
export function useAttendance(sessionId: string) {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}`
  const list = shallowRef<AttendanceList | null>(null)
  const forums = shallowRef<readonly PublicForum[]>([])
  const error = shallowRef<Refusal | null>(null)
  const busy = ref(false)
  /** Of the list, in the order of asking: an answer from before a change is old. */
  let turn = 0
  let gone = false
  onScopeDispose(() => (gone = true))

  async function load() {
    const mine = ++turn
    try {
      const [now, known] = await Promise.all([getJson<AttendanceList>(`${path}/attendance`), getJson<PublicForum[]>('/api/forums')])
      if (gone || mine !== turn) return
      list.value = now
      forums.value = known
      error.value = null
    } catch (thrown) {
      if (!gone && mine === turn) error.value = refusalOf(thrown)
    }
  }

  async function change<T>(request: () => Promise<T>, take: (answer: T) => void): Promise<T> {
    turn++
    busy.value = true
    try {
      const answer = await request()
      turn++
      if (!gone) take(answer)
      return answer
    } catch (thrown) {
      if (!gone && refusalOf(thrown).code === 'stale') void load()
      throw thrown
    } finally {
      busy.value = false
    }
  }
  const changing = (request: () => Promise<AttendanceList>) => change(request, (now) => (list.value = now))

  useIntervalFn(() => document.hidden || busy.value || void load(), EVERY)
  useEventListener(window, 'online', () => void load())
  useEventListener(document, 'visibilitychange', () => document.hidden || void load())
  onMounted(load)

  return {
    list: shallowReadonly(list),
    forums: shallowReadonly(forums),
    error: shallowReadonly(error),
    busy: readonly(busy),
    load,
    set: (input: SetAttendance) => changing(() => sendJson<AttendanceList>('PUT', `${path}/attendance`, input)),
    renewCode: () => changing(() => sendJson<AttendanceList>('POST', `${path}/attendance/hall-code`, {})),
    invite: (input: InviteAttendees) => changing(() => sendJson<AttendanceList>('POST', `${path}/attendees`, input)),
    act: ({ id }: Attendee, act: AttendeeAct) => changing(() => sendJson<AttendanceList>('PUT', `${path}/attendees/${id}`, act)),
    assignSeats: (scheme: AssignSeats) => changing(() => sendJson<AttendanceList>('POST', `${path}/attendees/seats`, scheme)),
    async remind(attendeeIds: string[]): Promise<Reminded> {
      const reminded = await change(() => sendJson<Reminded>('POST', `${path}/attendees/remind`, { attendeeIds }), () => undefined)
      void load()
      return reminded
    },
  }
}
