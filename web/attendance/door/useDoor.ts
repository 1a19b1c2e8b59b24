import { useEventListener, useIntervalFn } from '@vueuse/core'
import { onScopeDispose } from 'vue'
import type { CheckIns, DoorList } from '../../../shared/attendance.ts'
import { useMe } from '../../accounts/useMe.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { browserStorage } from '../../ui/browserStorage.ts'
import { createDeviceStore } from './deviceStore.ts'
import { createDoor } from './door.ts'
import type { Door } from './door.ts'

/** How often the other doors are asked for, in milliseconds. */
const EVERY = 8_000

/** This device's door of a session, from when the component is there until it goes. */
export function useDoor(sessionId: string): Door {
  const { ready } = useMe()
  const storage = browserStorage()
  const store = createDeviceStore(storage)
  store.tidy()
  const path = `/api/sessions/${encodeURIComponent(sessionId)}`
  const door = createDoor({
    sessionId,
    store,
    // Not before this browser has its identity: without a network it comes by itself when that is back.
    line: {
      list: () => ready.then(() => getJson<DoorList>(`${path}/door`)),
      tell: (checkIns) => ready.then(() => sendJson<DoorList>('POST', `${path}/check-ins`, { checkIns } satisfies CheckIns)),
    },
  })
  useIntervalFn(() => document.hidden || void door.sync(), EVERY)
  useEventListener(window, 'online', () => void door.sync())
  useEventListener(document, 'visibilitychange', () => document.hidden || void door.sync())
  // Another page of this browser wrote.
  useEventListener(window, 'storage', ({ storageArea }: StorageEvent) => storageArea === storage && door.reread())
  onScopeDispose(door.close)
  void door.sync()
  return door
}
