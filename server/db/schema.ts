import type { Role } from '../../shared/accounts.ts'
import type { Phase, SessionKind } from '../../shared/sessions.ts'
import type { StoredQuestion } from '../questions/rules.ts'

/** The tables as Kysely sees them (snake_case in the database, through CamelCasePlugin). Times are ISO 8601 text in UTC; `*Json` columns are JSON text: both engines speak that. */
export type Schema = {
  meta: { key: string; value: string }
  grants: { id: string; sessionId: string | null; role: Role; guestId: string | null; name: string; createdAt: string; revokedAt: string | null }
  personGrants: { personId: string; grantId: string; at: string }
  sessions: SessionRow
  questions: StoredQuestion
  votes: { questionId: string; personId: string; at: string }
  chatMessages: { id: string; sessionId: string; seq: number; personId: string; author: string; text: string; name: string | null; at: string; deletedAt: string | null }
  events: { sessionId: string; seq: number; position: number; audience: string; payloadJson: string }
  ledger: LedgerRow
  pictures: { id: string; mime: string; bytes: Uint8Array; personId: string; createdAt: string }
}

export type SessionRow = {
  id: string
  kind: SessionKind
  title: string
  topic: string
  introduction: string
  startsAt: string
  plannedMinutes: number
  guestsJson: string
  settingsJson: string
  phase: Phase
  version: number
  onAirJson: string
  wentLiveAt: string | null
  endedAt: string | null
  createdAt: string
  createdBy: string
  /** Head of the session's log. */
  seq: number
  questionCount: number
  ledgerIndex: number
  ledgerHead: string
}

export type LedgerRow = {
  sessionId: string
  position: number
  at: string
  subject: 'session' | 'question'
  number: number | null
  action: string
  fromState: string | null
  toState: string
  role: string
  actor: string
  reason: string | null
  textDigest: string | null
  previous: string
  hash: string
}
