export type Remembered<T> = (sessionId: string, seq: number, read: () => Promise<T>) => Promise<T>

/**
 * Keeps what was read of a session as long as the head of its log stands where it stood. Of one session only the latest is kept, of at most `sessions` sessions those last read.
 * What is asked for while it is being read is read once; a reading that fails is forgotten.
 * @param lasts milliseconds for which a value serves although the head has moved on: for those that cost so much that reading them at each vote would slow everybody
 * @param now milliseconds, ever growing
 */
export function remembered<T>(sessions: number, lasts: (value: T) => number, now: () => number): Remembered<T> {
  type Entry = { seq: number; value: Promise<T>; /** Until when it serves whatever the head. */ until: number }
  const kept = new Map<string, Entry>()
  return (sessionId, seq, read) => {
    const known = kept.get(sessionId)
    if (known && (known.seq === seq || known.until > now())) return known.value
    const entry: Entry = { seq, value: read(), until: 0 }
    // A reader that started earlier must not put back what was true then.
    if (known && known.seq > seq) return entry.value
    kept.delete(sessionId)
    kept.set(sessionId, entry)
    const [oldest] = kept.keys()
    if (kept.size > sessions && oldest !== undefined) kept.delete(oldest)
    entry.value.then(
      (value) => (entry.until = now() + lasts(value)),
      () => kept.get(sessionId) === entry && kept.delete(sessionId),
    )
    return entry.value
  }
}
