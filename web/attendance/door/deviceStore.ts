import type { CheckIn, DoorList } from '../../../shared/attendance.ts'

const PREFIX = 'fangtan.door.'
const LIST = `${PREFIX}list.`
const ACT = `${PREFIX}act.`
/** Names stay on the device no longer than this after the session was to begin, in milliseconds, also where nobody presses the button. */
const KEEP_MS = 36 * 3_600_000

type KeptAct = { order: number; startsAt: string; act: CheckIn }

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** By hand, as in web/net/outboxStore.ts: what is kept was written by this page, and the server checks what it is told. */
function isList(value: unknown): value is DoorList {
  return isObject(value) && typeof value['sessionId'] === 'string' && typeof value['startsAt'] === 'string' && Array.isArray(value['entries']) && Array.isArray(value['forums'])
}

function isAct(value: unknown): value is KeptAct {
  return isObject(value) && typeof value['order'] === 'number' && typeof value['startsAt'] === 'string' && isObject(value['act']) && typeof value['act']['id'] === 'string' && typeof value['act']['attendeeId'] === 'string' && typeof value['act']['at'] === 'string'
}

export type DeviceStore = ReturnType<typeof createDeviceStore>

/**
 * What a door keeps on its device, so that it works without a network and over a reload: the list with names only, and each act that the server was not told of under a key of its own,
 * so that two open pages never write over each other's. Every write says whether it is kept: without a storage (private mode), or with a full one, it lives as long as the page.
 */
export function createDeviceStore(storage: Storage | null, now: () => number = Date.now) {
  const attempt = (work: (storage: Storage) => void): boolean => {
    try {
      if (storage) work(storage)
      return storage !== null
    } catch {
      return false
    }
  }
  const keys = (prefix: string): string[] => {
    const all: string[] = []
    attempt((kept) => {
      for (let index = 0; index < kept.length; index++) all.push(kept.key(index) ?? '')
    })
    return all.filter((key) => key.startsWith(prefix))
  }
  const read = (key: string): unknown => {
    let value: unknown = null
    attempt((kept) => (value = parse(kept.getItem(key))))
    return value
  }
  const remove = (key: string) => void attempt((kept) => kept.removeItem(key))
  const actKey = (sessionId: string, id: string) => `${ACT}${sessionId}.${id}`

  return {
    list(sessionId: string): DoorList | null {
      const value = read(LIST + sessionId)
      return isList(value) ? value : null
    },
    keepList: (list: DoorList): boolean => attempt((kept) => kept.setItem(LIST + list.sessionId, JSON.stringify(list))),
    /** Not told yet, in the order in which it happened. */
    acts(sessionId: string): CheckIn[] {
      const kept = keys(`${ACT}${sessionId}.`).map(read).filter(isAct)
      return kept.toSorted((a, b) => a.order - b.order || a.act.at.localeCompare(b.act.at)).map(({ act }) => act)
    },
    keepAct({ sessionId, startsAt }: Pick<DoorList, 'sessionId' | 'startsAt'>, act: CheckIn): boolean {
      const order = 1 + Math.max(0, ...keys(`${ACT}${sessionId}.`).map(read).filter(isAct).map((one) => one.order))
      return attempt((kept) => kept.setItem(actKey(sessionId, act.id), JSON.stringify({ order, startsAt, act } satisfies KeptAct)))
    },
    dropAct: (sessionId: string, id: string) => remove(actKey(sessionId, id)),
    /** Everything of one session. */
    forget(sessionId: string) {
      remove(LIST + sessionId)
      for (const key of keys(`${ACT}${sessionId}.`)) remove(key)
    },
    /** What is too old, of whichever session. */
    tidy() {
      for (const key of keys(PREFIX)) {
        const value = read(key)
        const startsAt = isList(value) || isAct(value) ? Date.parse(value.startsAt) : NaN
        if (!(now() - startsAt < KEEP_MS)) remove(key)
      }
    },
  }
}
