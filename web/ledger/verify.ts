import { LEDGER_GENESIS, canonicalEntry, ending, misplaced } from '../../shared/ledger.ts'
import type { LedgerFile, LedgerVerdict } from '../../shared/ledger.ts'

/** Entries between two words about how far it is. */
const AT_ONCE = 200

/** Browsers hash only on pages that came safely (HTTPS, or this very machine). */
export const canVerify = () => typeof crypto !== 'undefined' && 'subtle' in crypto && crypto.subtle !== undefined

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Checks a downloaded ledger here, without asking the server: the same as `npm run ledger:verify`.
 * @param progress told how many entries hold so far
 * @param signal ends it early, with what `signal.reason` says thrown
 */
export async function verifyHere(file: LedgerFile, progress: (held: number) => void, signal: AbortSignal): Promise<LedgerVerdict> {
  let previous = LEDGER_GENESIS
  for (let start = 0; start < file.entries.length; start += AT_ONCE) {
    const part = file.entries.slice(start, start + AT_ONCE)
    const hashes = await Promise.all(part.map((entry) => sha256(canonicalEntry(entry))))
    signal.throwIfAborted()
    for (const [position, entry] of part.entries()) {
      const index = start + position + 1
      const problem = misplaced(entry, file.sessionId, index, previous) ?? (hashes[position] === entry.hash ? null : 'hash')
      if (problem) return { ok: false, index, problem }
      previous = entry.hash
    }
    progress(start + part.length)
  }
  return ending(file)
}
