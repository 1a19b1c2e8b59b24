import { computed, shallowReadonly, shallowRef } from 'vue'
import type { CheckIn, DoorList } from '../../../shared/attendance.ts'
import { LIMITS } from '../../../shared/limits.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { newId } from '../../net/ids.ts'
import { refusalOf } from '../../net/refusal.ts'
import type { DeviceStore } from './deviceStore.ts'
import { conflictsOf, doorFigures, doorPeople } from './merging.ts'
import type { Conflict } from './merging.ts'

/** How the server is asked. Both answer with the list as it is then. */
export type DoorLine = { list: () => Promise<DoorList>; tell: (checkIns: CheckIn[]) => Promise<DoorList> }

/** Acts told at once: far below what a request may carry. */
const AT_ONCE = Math.min(100, LIMITS.attendeesAtOnce)

export type Door = ReturnType<typeof createDoor>

/**
 * One door of a session. What happens here is kept on the device and shown at once, and told to the server as soon as it can be; ids that are made once let the server take each act once.
 * Whoever another door lets in is here after the next `sync`.
 */
export function createDoor({ sessionId, store, line, now = () => new Date() }: { sessionId: string; store: DeviceStore; line: DoorLine; now?: () => Date }) {
  const list = shallowRef<DoorList | null>(store.list(sessionId))
  const unsent = shallowRef<readonly CheckIn[]>(store.acts(sessionId))
  const error = shallowRef<Refusal | null>(null)
  const conflicts = shallowRef<readonly Conflict[]>([])
  /** When the server was heard last; null: not since this page is open. */
  const heardAt = shallowRef<Date | null>(null)
  /** Whether what happens here would survive a reload. */
  const kept = shallowRef(true)
  let syncing: Promise<void> | null = null
  let wanted = false
  /** What the server refused for good is not told again by itself: it would hold up everything else. */
  const refused = new Set<string>()
  let closed = false
  /** Taken off this device: nothing is fetched until somebody asks for it. */
  const cleared = shallowRef(false)

  const people = computed(() => (list.value ? doorPeople(list.value, unsent.value) : []))

  function act(attendeeId: string, over: Partial<Pick<CheckIn, 'undo' | 'walkIn'>> = {}) {
    if (!list.value) return
    const made: CheckIn = { id: newId(), attendeeId, at: now().toISOString(), undo: false, walkIn: null, ...over }
    unsent.value = [...unsent.value, made]
    kept.value = store.keepAct(list.value, made)
    void sync()
  }

  function take(fresh: DoorList, sent: readonly CheckIn[]) {
    if (cleared.value) return
    const told = new Set(sent.map(({ id }) => id))
    conflicts.value = [...conflicts.value, ...conflictsOf(fresh, sent, now().getTime() - Date.parse(fresh.at))]
    list.value = fresh
    unsent.value = unsent.value.filter(({ id }) => !told.has(id))
    kept.value = store.keepList(fresh)
    for (const id of told) store.dropAct(sessionId, id)
    heardAt.value = now()
    error.value = null
  }

  /** Whether there may be more to tell. */
  async function exchange(): Promise<boolean> {
    const sent = unsent.value.filter(({ id }) => !refused.has(id)).slice(0, AT_ONCE)
    try {
      const fresh = sent.length > 0 ? await line.tell([...sent]) : await line.list()
      if (closed) return false
      take(fresh, sent)
      return unsent.value.some(({ id }) => !refused.has(id))
    } catch (thrown) {
      if (closed) return false
      error.value = refusalOf(thrown)
      // One act that does not fit must not hold up the others: each is told by itself from now on.
      if (error.value.code !== 'invalid_input') return false
      return singly(sent)
    }
  }

  async function singly(acts: readonly CheckIn[]): Promise<boolean> {
    for (const one of acts) {
      try {
        const fresh = await line.tell([one])
        if (closed) return false
        take(fresh, [one])
      } catch (thrown) {
        if (closed) return false
        error.value = refusalOf(thrown)
        if (error.value.code !== 'invalid_input') return false
        refused.add(one.id)
      }
    }
    return unsent.value.some(({ id }) => !refused.has(id))
  }

  /** Tells what waits, and asks for the list. One at a time; never rejects. */
  function sync(): Promise<void> {
    if (cleared.value) return Promise.resolve()
    if (syncing) {
      // What happened since may not be in what is under way.
      wanted = true
      return syncing
    }
    syncing = (async () => {
      do {
        wanted = false
        while (!closed && (await exchange()));
      } while (wanted && !closed)
    })().finally(() => (syncing = null))
    return syncing
  }

  return {
    list: shallowReadonly(list),
    people,
    figures: computed(() => doorFigures(people.value)),
    unsent: shallowReadonly(unsent),
    error: shallowReadonly(error),
    conflicts: shallowReadonly(conflicts),
    heardAt: shallowReadonly(heardAt),
    kept: shallowReadonly(kept),
    sync,
    checkIn: (attendeeId: string) => act(attendeeId),
    undo: (attendeeId: string) => act(attendeeId, { undo: true }),
    /** Lets in somebody who is not on the list; resolves to the id under which they are from now on. */
    walkIn(name: string, forumId: string | null): string {
      const id = newId()
      act(id, { walkIn: { name, forumId } })
      return id
    },
    seen: (id: string) => (conflicts.value = conflicts.value.filter((conflict) => conflict.id !== id)),
    /** What another page of this browser did. */
    reread() {
      list.value = store.list(sessionId) ?? list.value
      unsent.value = store.acts(sessionId)
    },
    /** Takes everything off this device, what the server was not told too. */
    forget() {
      cleared.value = true
      store.forget(sessionId)
      list.value = null
      unsent.value = []
      conflicts.value = []
    },
    cleared: shallowReadonly(cleared),
    /** Works here again. */
    resume() {
      cleared.value = false
      return sync()
    },
    close: () => (closed = true),
  }
}
