import { randomUUID } from 'node:crypto'
import type { LookUp } from '../../shared/identity.ts'
import type { Vault } from '../accounts/vault.ts'
import type { ResidentStore } from './store.ts'

const PURPOSE = 'activity'

/** Where a request came from: network address, and what the browser calls itself. */
export type Origin = { address: string; device: string }
type Said = { subject: LookUp['subject']; subjectId: string; personId: string }
type Place = { session: { id: string }; now: string; residents: Pick<ResidentStore, 'noteActivity'> }

/** Writes down, sealed, where something was said from, in the commit of what was said. */
export type NoteActivity = (tx: Place, said: Said, origin: Origin) => Promise<void>

export const createActivity =
  (vault: Vault): NoteActivity =>
  (tx, said, origin) =>
    tx.residents.noteActivity({ id: randomUUID(), at: tx.now, sessionId: tx.session.id, ...said, sealed: vault.seal(PURPOSE, JSON.stringify(origin)) })

/** @returns null when it was sealed under another secret */
export function openOrigin(vault: Vault, sealed: string): Origin | null {
  const opened = vault.open(PURPOSE, sealed)
  return opened === null ? null : (JSON.parse(opened) as Origin)
}
