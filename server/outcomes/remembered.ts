/**
 * Keeps what was read of a session as long as the head of its log stands where it stood. Of one session only the latest is kept, of at most `sessions` sessions those last read.
 * What is asked for while it is being read is read once; a reading that fails is forgotten.
 */
export function remembered<T>(sessions: number): (sessionId: string, seq: number, read: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { seq: number; value: Promise<T> }>()
  return (sessionId, seq, read) => {
    const known = kept.get(sessionId)
    if (known?.seq === seq) return known.value
    const entry = { seq, value: read() }
    // A reader that started earlier must not put back what was true then.
    if (known && known.seq > seq) return entry.value
    kept.delete(sessionId)
    kept.set(sessionId, entry)
    const [oldest] = kept.keys()
    if (kept.size > sessions && oldest !== undefined) kept.delete(oldest)
    entry.value.catch(() => kept.get(sessionId) === entry && kept.delete(sessionId))
    return entry.value
  }
}
