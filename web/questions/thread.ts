import type { Refusal } from '../../shared/protocol/errors.ts'
import type { OwnQuestion, SubmitQuestion } from '../../shared/questions.ts'
import type { OutboxEntry } from '../net/outbox.ts'

/** `unsent`: still on this device, waiting for the line, under way, or refused. `retryAt`: see OutboxEntry. */
export type OwnEntry =
  | { kind: 'unsent'; id: string; text: string; payload: SubmitQuestion; state: OutboxEntry['state']; error: Refusal | null; retryAt: number | null }
  | { kind: 'sent'; id: string; text: string; question: OwnQuestion }

/** The visitor's questions in one session: those still here first, then those the server has, newest first. One that is both is the server's. */
export function ownThread(sessionId: string, own: ReadonlyMap<string, OwnQuestion>, unsent: readonly OutboxEntry[]): OwnEntry[] {
  const here = unsent
    .filter(({ payload }) => payload.sessionId === sessionId && !own.has(payload.id))
    .map(({ payload, state, error, retryAt }): OwnEntry => ({ kind: 'unsent', id: payload.id, text: payload.text, payload, state, error: error ?? null, retryAt: retryAt ?? null }))
    .reverse()
  const there = [...own.values()]
    .sort((a, b) => b.number - a.number)
    .map((question): OwnEntry => ({ kind: 'sent', id: question.id, text: question.text, question }))
  return [...here, ...there]
}

/** The newest of these questions that was typed by the visitor and not entered for them: from it slow mode counts. */
export function lastAskedAt(own: Iterable<OwnQuestion>): string | null {
  let last: string | null = null
  for (const { submittedAt, channel } of own) if (channel === 'web' && (last === null || submittedAt > last)) last = submittedAt
  return last
}
