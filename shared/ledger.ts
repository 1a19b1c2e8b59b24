/**
 * The public, append-only record of one session. Each entry's `hash` is the SHA-256 (hex) of its canonical JSON without `hash`
 * (keys sorted, no white space), and contains the `previous` entry's hash, so that nothing can be changed, removed or reordered unseen.
 */
export type LedgerEntry = {
  sessionId: string
  /** Counts from 1 without a gap within the session. */
  index: number
  at: string
  subject: 'session' | 'question' | 'poll'
  /** Number of the question or poll, or null for the session itself. */
  number: number | null
  action: string
  from: string | null
  to: string
  /** Role of who did it. */
  role: string
  /** Pseudonym of who did it, stable within the session. */
  actor: string
  reason: string | null
  /** SHA-256 (hex) over a secret salt and the text as it stood after this step: commits to the wording without revealing it. */
  textDigest: string | null
  /** Facts of the step: `code` of a decline, `into` (number) of a merge, `votes` set aside. Left out of the canonical form when null, as in entries from before it existed. */
  detail: LedgerDetail | null
  previous: string
  hash: string
}

export type LedgerDetail = { code?: string; into?: number; votes?: number; channel?: string }

/** `previous` of the first entry. */
export const LEDGER_GENESIS = '0'.repeat(64)

/** GET /api/sessions/:id/ledger: what a download contains and `npm run ledger:verify -- FILE` checks. */
export type LedgerFile = { format: 'fangtan-ledger'; version: 1; sessionId: string; head: string; entries: LedgerEntry[] }

/** The text over which an entry's hash is taken: sorted keys, without `hash`. */
export function canonicalEntry(entry: Omit<LedgerEntry, 'hash'>): string {
  const { sessionId, index, at, subject, number, action, from, to, role, actor, reason, textDigest, detail, previous } = entry
  return JSON.stringify({ action, actor, at, detail: detail === null ? undefined : sorted(detail), from, index, number, previous, reason, role, sessionId, subject, textDigest, to })
}

const sorted = ({ channel, code, into, votes }: LedgerDetail): LedgerDetail => ({ channel, code, into, votes })
