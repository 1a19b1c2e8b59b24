import type { Logger } from 'pino'
import type { z } from 'zod'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Ack, InputIssue, Refusal } from '../../shared/protocol/errors.ts'

/** Where and how an input missed its schema, without repeating what was sent. */
export function inputIssues(error: z.ZodError): InputIssue[] {
  return error.issues.slice(0, 10).map((issue) => {
    const own: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined
    return { path: issue.path.join('.'), code: typeof own === 'string' ? own : issue.code }
  })
}

/** @throws RefusedError `invalid_input` with the issues */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new RefusedError('invalid_input', { issues: inputIssues(parsed.error) })
  return parsed.data
}

/** The refusal that a thrown value becomes at the edge. What is not a RefusedError is logged and hidden behind `internal`. */
export function toRefusal(error: unknown, log: Logger, what: string): Refusal {
  if (error instanceof RefusedError) return error.refusal
  log.error({ err: error, what }, 'request failed')
  return { code: 'internal' }
}

/**
 * A socket handler: parse by schema, act, acknowledge exactly once. A message without an acknowledgement function is dropped: nothing could be told to its sender.
 * Takes the loosest arguments because what arrives is whatever the client sent: anything but one payload and the function does not fit.
 */
export function handler<S extends z.ZodType, T>(
  schema: S,
  act: (input: z.output<S>) => Promise<T>,
  log: Logger,
  what: string,
): (...received: unknown[]) => void {
  return (...received) => {
    const last = received.pop()
    if (typeof last !== 'function') return
    const ack = last as (answer: Ack<T>) => void
    Promise.resolve()
      .then(() => {
        if (received.length > 1) throw new RefusedError('invalid_input', { issues: [{ path: '', code: 'too_many' }] })
        return act(parseInput(schema, received[0]))
      })
      .then(
        (data) => ack({ ok: true, data }),
        (error: unknown) => ack({ ok: false, error: toRefusal(error, log, what) }),
      )
  }
}
