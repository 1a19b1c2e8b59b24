import { createHash } from 'node:crypto'
import { LEDGER_GENESIS, canonicalEntry, ending, misplaced } from '../../shared/ledger.ts'
import type { LedgerDetail, LedgerEntry, LedgerFile, LedgerVerdict } from '../../shared/ledger.ts'

/** What a use case says of a step; position, time and hashes are added when it is written. */
export type LedgerNote = Pick<LedgerEntry, 'subject' | 'number' | 'action' | 'from' | 'to' | 'role' | 'actor' | 'reason' | 'textDigest'> & { detail?: LedgerDetail | null }

export function entryHash(entry: Omit<LedgerEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalEntry(entry)).digest('hex')
}

/** The next entry of a session's chain. */
export function chain(sessionId: string, previous: { index: number; hash: string }, note: LedgerNote, at: string): LedgerEntry {
  const entry = { sessionId, index: previous.index + 1, at, ...note, detail: note.detail ?? null, previous: previous.hash }
  return { ...entry, hash: entryHash(entry) }
}

/** Checks a download from its first entry to its head; names the first entry that does not hold. */
export function verifyLedger(file: LedgerFile): LedgerVerdict {
  let previous = LEDGER_GENESIS
  for (const [position, entry] of file.entries.entries()) {
    const index = position + 1
    const { hash, ...rest } = entry
    const problem = misplaced(entry, file.sessionId, index, previous) ?? (entryHash(rest) === hash ? null : 'hash')
    if (problem) return { ok: false, index, problem }
    previous = hash
  }
  return ending(file)
}
