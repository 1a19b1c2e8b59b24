import { z } from 'zod'
import { errorCodeSchema } from '../../shared/protocol/errors.ts'
import { submitQuestionSchema } from '../../shared/questions.ts'
import type { OutboxEntry } from './outbox.ts'

const PREFIX = 'fangtan.outbox.'
/** A question that could not be sent for a week belongs to a session long over. */
const KEEP_MS = 7 * 24 * 3_600_000

const keptSchema = z.object({ payload: submitQuestionSchema, refused: errorCodeSchema.nullable(), at: z.number() })

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
    try {
      const { payload, refused, at } = keptSchema.parse(JSON.parse(storage.getItem(key) ?? ''))
      if (now() - at > KEEP_MS) throw new RangeError('too old')
      return { at, entry: refused ? { payload, state: 'refused', error: { code: refused } } : { payload, state: 'waiting' } }
    } catch {
      storage.removeItem(key)
      return null
    }
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
