import { useEventListener, useIntervalFn } from '@vueuse/core'
import { onMounted, onScopeDispose, readonly, ref, shallowReadonly, shallowRef, watch } from 'vue'
import type { Apply, OwnAttendance } from '../../../shared/attendance.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { useMe } from '../../accounts/useMe.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'
import { useGate } from '../../residents/gate.ts'

/** How often a change of seat or place is looked for while the page is seen, in milliseconds. */
const EVERY = 20_000

/** This person's invitation or application. `own`: undefined while it is not known, null for none. */
export function useInvitation(sessionId: string) {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}/attendance`
  const { me, ready } = useMe()
  const gate = useGate()
  const own = shallowRef<OwnAttendance | null | undefined>(undefined)
  const error = shallowRef<Refusal | null>(null)
  const busy = ref(false)
  let turn = 0
  let gone = false
  onScopeDispose(() => (gone = true))

  async function load() {
    const mine = ++turn
    try {
      await ready
      const now = await getJson<OwnAttendance | null>(`${path}/own`)
      if (gone || mine !== turn) return
      own.value = now
      error.value = null
    } catch (thrown) {
      if (!gone && mine === turn) error.value = refusalOf(thrown)
    }
  }

  async function change(request: () => Promise<OwnAttendance | null>) {
    turn++
    busy.value = true
    try {
      const now = await gate.through(request)
      turn++
      if (!gone) own.value = now
    } finally {
      busy.value = false
    }
  }

  useIntervalFn(() => document.hidden || busy.value || void load(), EVERY)
  useEventListener(window, 'online', () => void load())
  useEventListener(document, 'visibilitychange', () => document.hidden || void load())
  // Somebody else by now: a link was opened in another tab.
  watch(
    () => me.value?.personId,
    (now, before) => before !== undefined && now !== before && void load(),
  )
  onMounted(load)

  return {
    own: shallowReadonly(own),
    error: shallowReadonly(error),
    busy: readonly(busy),
    load,
    /** @throws RefusedError */
    reply: (coming: boolean) => change(() => sendJson<OwnAttendance | null>('POST', `${path}/own`, { coming })),
    /** @throws RefusedError */
    apply: (input: Apply) => change(() => sendJson<OwnAttendance | null>('POST', `${path}/apply`, input)),
  }
}
