import { createHash } from 'node:crypto'
import { LEDGER_GENESIS, canonicalEntry } from '../../shared/ledger.ts'
import type { LedgerDetail, LedgerEntry, LedgerFile } from '../../shared/ledger.ts'

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

export type Verdict = { ok: true; entries: number; head: string } | { ok: false; index: number; problem: 'session' | 'index' | 'previous' | 'hash' | 'head' }

/** Checks a download from its first entry to its head; names the first entry that does not hold. `index` 0 stands for the head. */
export function verifyLedger(file: LedgerFile): Verdict {
  let previous = LEDGER_GENESIS
  for (const [position, entry] of file.entries.entries()) {
    const index = position + 1
    const { hash, ...rest } = entry
    if (entry.sessionId !== file.sessionId) return { ok: false, index, problem: 'session' }
    if (entry.index !== index) return { ok: false, index, problem: 'index' }
    if (entry.previous !== previous) return { ok: false, index, problem: 'previous' }
    if (entryHash(rest) !== hash) return { ok: false, index, problem: 'hash' }
    previous = hash
  }
  if (file.head !== previous) return { ok: false, index: 0, problem: 'head' }
  return { ok: true, entries: file.entries.length, head: previous }
}
