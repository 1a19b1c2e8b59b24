import { ERROR_CODES } from '../../shared/protocol/errors.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import type { SubmitQuestion } from '../../shared/questions.ts'
import type { OutboxEntry } from './outbox.ts'

const PREFIX = 'fangtan.outbox.'
/** A question that could not be sent for a week belongs to a session long over. */
const KEEP_MS = 7 * 24 * 3_600_000

/** Without `topicId`, `pictureId` and `follows` when a page of before these existed kept it. */
type KeptPayload = Pick<SubmitQuestion, 'id' | 'sessionId' | 'text' | 'name'> & Partial<SubmitQuestion>
type Kept = { payload: KeptPayload; refused: ErrorCode | null; at: number }

/** Whether this is what an earlier page kept. By hand: a schema would bring zod into every page, and the server checks the question anyway. */
function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('payload' in value && 'refused' in value && 'at' in value)) return false
  const { payload, refused, at } = value
  if (typeof at !== 'number' || !(refused === null || ERROR_CODES.some((code) => code === refused))) return false
  if (typeof payload !== 'object' || payload === null || !('id' in payload && 'sessionId' in payload && 'text' in payload && 'name' in payload)) return false
  const needed = [payload.id, payload.sessionId, payload.text].every((part) => typeof part === 'string')
  return needed && Object.values(payload).every((part: unknown) => part === null || typeof part === 'string')
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

/**
 * The outbox on disk: one key for each entry, so that two open pages never write over each other's. Without a storage (private mode) nothing is kept.
 */
export function createOutboxStore(storage: Storage | null, now: () => number = Date.now) {
  const attempt = <T>(act: (storage: Storage) => T): T | null => {
    try {
      return storage && act(storage)
    } catch {
      return null // full or forbidden: what is typed then lives as long as the page
    }
  }

  function read(storage: Storage, key: string): { entry: OutboxEntry; at: number } | null {
    const kept = parse(storage.getItem(key))
    if (!isKept(kept) || now() - kept.at > KEEP_MS) {
      storage.removeItem(key)
      return null
    }
    const { refused, at } = kept
    const payload = { topicId: null, pictureId: null, follows: null, ...kept.payload }
    return { at, entry: refused ? { payload, state: 'refused', error: { code: refused } } : { payload, state: 'waiting' } }
  }

  return {
    /** Oldest first. What was being sent when the page closed counts as waiting. */
    load(): OutboxEntry[] {
      const kept = attempt((storage) => {
        const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((key) => key?.startsWith(PREFIX))
        return keys.map((key) => read(storage, key ?? '')).filter((item) => item !== null)
      })
      return (kept ?? []).sort((a, b) => a.at - b.at).map(({ entry }) => entry)
    },
    save({ payload, state, error }: OutboxEntry) {
      attempt((storage) => storage.setItem(PREFIX + payload.id, JSON.stringify({ payload, refused: state === 'refused' ? (error?.code ?? 'internal') : null, at: now() })))
    },
    remove(id: string) {
      attempt((storage) => storage.removeItem(PREFIX + id))
    },
  }
}
