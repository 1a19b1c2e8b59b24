import type { Refusal } from '../../shared/protocol/errors.ts'
import type { OwnQuestion } from '../../shared/questions.ts'
import type { OutboxEntry } from '../net/outbox.ts'

/** `unsent`: still on this device, waiting for the line, under way, or refused for good. */
export type OwnEntry =
  | { kind: 'unsent'; id: string; text: string; state: OutboxEntry['state']; error: Refusal | null }
  | { kind: 'sent'; id: string; text: string; question: OwnQuestion }

/** The visitor's questions in one session: those still here first, then those the server has, newest first. One that is both is the server's. */
export function ownThread(sessionId: string, own: ReadonlyMap<string, OwnQuestion>, unsent: readonly OutboxEntry[]): OwnEntry[] {
  const here = unsent
    .filter((entry) => entry.payload.sessionId === sessionId && !own.has(entry.payload.id))
    .map((entry): OwnEntry => ({ kind: 'unsent', id: entry.payload.id, text: entry.payload.text, state: entry.state, error: entry.error ?? null }))
    .reverse()
  const there = [...own.values()]
    .sort((a, b) => b.number - a.number)
    .map((question): OwnEntry => ({ kind: 'sent', id: question.id, text: question.text, question }))
  return [...here, ...there]
}
