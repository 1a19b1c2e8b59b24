import type { Logger } from 'pino'
import type { z } from 'zod'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Ack, InputIssue, Refusal } from '../../shared/protocol/errors.ts'

/** Where and how an input missed its schema, without repeating what was sent. */
export function inputIssues(error: z.ZodError): InputIssue[] {
  return error.issues.slice(0, 10).map((issue) => {
    const own = issue.code === 'custom' ? issue.params?.['code'] : undefined
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
 * Returned with the loosest payload type because what arrives is whatever the client sent.
 */
export function handler<S extends z.ZodType, T>(
  schema: S,
  act: (input: z.output<S>) => Promise<T>,
  log: Logger,
  what: string,
): (payload: unknown, ack: (answer: Ack<T>) => void) => void {
  return (payload, ack) => {
    if (typeof ack !== 'function') return
    Promise.resolve()
      .then(() => act(parseInput(schema, payload)))
      .then(
        (data) => ack({ ok: true, data }),
        (error: unknown) => ack({ ok: false, error: toRefusal(error, log, what) }),
      )
  }
}
