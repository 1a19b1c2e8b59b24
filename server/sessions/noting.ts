import type { LedgerDetail } from '../../shared/ledger.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import { actingRole } from '../../shared/rules/permissions.ts'
import type { Actor, Permission } from '../../shared/rules/permissions.ts'
import { ledgerName } from '../questions/rules.ts'
import type { SessionCommit } from './commit.ts'

/** Role and pseudonym, as the ledger names who does what takes `permission`. */
export type Signing = { role: string; actor: string }
export const signing = (secret: string, sessionId: string, actor: Actor, permission: Permission): Signing => {
  const role = actingRole(actor, permission)
  return { role, actor: ledgerName(secret, sessionId, actor.personId, { role, number: null }) }
}

/** Writes into the ledger that somebody did something to the session itself. `from`: its phase until then. */
export type NoteSession = (tx: SessionCommit, actor: Actor, permission: Permission, action: string, from: string | null, reason?: string, detail?: LedgerDetail | null) => void

export const createSessionNotes =
  (secret: string): NoteSession =>
  (tx, actor, permission, action, from, reason = '', detail = null) =>
    tx.note({ subject: 'session', number: null, action, from, to: tx.session.phase, ...signing(secret, tx.session.id, actor, permission), reason: maskNumbers(reason) || null, textDigest: null, detail })
