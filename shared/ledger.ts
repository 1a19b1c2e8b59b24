import type { Seal } from './sessions.ts'

/**
 * The public, append-only record of one session. Each entry's `hash` is the SHA-256 (hex) of its canonical JSON without `hash`
 * (keys sorted, no white space), and contains the `previous` entry's hash, so that nothing can be changed, removed or reordered unseen.
 */
export type LedgerEntry = {
  sessionId: string
  /** Counts from 1 without a gap within the session. */
  index: number
  at: string
  subject: 'session' | 'question' | 'poll' | 'hand' | 'spot'
  /** Number of the question, poll, raised hand or record on the spot, or null for the session itself. */
  number: number | null
  action: string
  from: string | null
  to: string
  /** Role of who did it. */
  role: string
  /** Pseudonym of who did it: staff have one within the session, a resident another for each question. */
  actor: string
  reason: string | null
  /** SHA-256 (hex) over a secret salt and the text as it stood after this step: commits to the wording without revealing it. */
  textDigest: string | null
  /** Facts of the step: `code` of a decline, `into` (number) of a merge, `votes` set aside, `place` of a hand, `spot` (kind), `due` (date) and `about` (number of the question) of a record, `part` (title) of the agenda and `minutes` added to it. Left out of the canonical form when null, as in entries from before it existed. */
  detail: LedgerDetail | null
  previous: string
  hash: string
}

/** `answer`: SHA-256 (hex) over the question's salt and the answer in writing, as `textDigest` of the question. */
export type LedgerDetail = { about?: number; answer?: string; code?: string; due?: string; into?: number; minutes?: number; part?: string; place?: string; spot?: string; votes?: number; channel?: string }

/** `previous` of the first entry. */
export const LEDGER_GENESIS = '0'.repeat(64)

/**
 * GET /api/sessions/:id/ledger: what a download contains and `npm run ledger:verify -- FILE` checks. `head` is what the session itself remembers of its last entry, so that
 * a ledger with its end cut off does not hold. Version 1, which older downloads have, knew no `seal`.
 */
export type LedgerFile = { format: 'fangtan-ledger'; version: 1 | 2; sessionId: string; head: string; /** null: not published yet. */ seal: Seal | null; entries: LedgerEntry[] }

/** The text over which an entry's hash is taken: sorted keys, without `hash`. */
export function canonicalEntry(entry: Omit<LedgerEntry, 'hash'>): string {
  const { sessionId, index, at, subject, number, action, from, to, role, actor, reason, textDigest, detail, previous } = entry
  return JSON.stringify({ action, actor, at, detail: detail === null ? undefined : sorted(detail), from, index, number, previous, reason, role, sessionId, subject, textDigest, to })
}

const sorted = ({ about, answer, channel, code, due, into, minutes, part, place, spot, votes }: LedgerDetail): LedgerDetail => ({ about, answer, channel, code, due, into, minutes, part, place, spot, votes })

/** What does not hold: `index` counts from 1 and names the entry; 0 stands for what the file says of its end. */
export type LedgerProblem = 'session' | 'index' | 'previous' | 'hash' | 'head' | 'seal'
export type LedgerVerdict = { ok: true; entries: number; head: string } | { ok: false; index: number; problem: LedgerProblem }

/** Whether `entry` stands where it must, its own hash aside: `previous` is the hash of the one before it. */
export function misplaced(entry: LedgerEntry, sessionId: string, index: number, previous: string): LedgerProblem | null {
  if (entry.sessionId !== sessionId) return 'session'
  if (entry.index !== index) return 'index'
  return entry.previous === previous ? null : 'previous'
}

/** Whether the end of a chain whose entries all hold is the end that was published: the head, and the seal as it was when the session ended. */
export function ending({ head, seal, entries }: Pick<LedgerFile, 'head' | 'seal' | 'entries'>): LedgerVerdict {
  const hashAt = (count: number) => (count === 0 ? LEDGER_GENESIS : entries[count - 1]?.hash)
  if (head !== hashAt(entries.length)) return { ok: false, index: 0, problem: 'head' }
  if (seal && seal.head !== hashAt(seal.entries)) return { ok: false, index: Math.min(seal.entries, entries.length), problem: 'seal' }
  return { ok: true, entries: entries.length, head }
}

/** What the server's own tables can contradict: the chain itself, or what it says of a question (`missing`: it has no row or no entry), of a record made on the spot (`spot`), or of the session's phase. */
export const CHECK_PROBLEMS = ['session', 'index', 'previous', 'hash', 'head', 'seal', 'missing', 'state', 'text', 'reason', 'merge', 'answer', 'spot', 'hand', 'phase'] as const
export type CheckProblem = (typeof CHECK_PROBLEMS)[number]
/** GET /api/sessions/:id/ledger/check: the server holds its own tables against the ledger. Anybody may ask. `index` names an entry, `number` a question, or with `spot` a record, with `hand` a raised hand. */
export type LedgerCheck = { ok: true; entries: number; head: string; questions: number } | { ok: false; problem: CheckProblem; index: number | null; number: number | null }
