import pino from 'pino'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Ack } from '../../shared/protocol/errors.ts'
import { handler } from './handle.ts'

const schema = z.strictObject({ n: z.int() })

/** Sends `received` and an acknowledgement to a handler around `act`. */
function send(act: (input: { n: number }) => Promise<unknown>, ...received: unknown[]) {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const answer = new Promise<Ack<unknown>>((resolve) => handler(schema, act, log, 'test')(...received, resolve))
  return { answer, lines }
}
const echo = async ({ n }: { n: number }) => n + 1

test('answers what the use case made', async () => {
  expect(await send(echo, { n: 1 }).answer).toEqual({ ok: true, data: 2 })
})

test('says where an input misses its schema, without repeating it', async () => {
  expect(await send(echo, { n: 'secret' }).answer).toEqual({ ok: false, error: { code: 'invalid_input', issues: [{ path: 'n', code: 'invalid_type' }] } })
  expect(JSON.stringify(await send(echo, { n: 1, secret: 'secret' }).answer)).not.toContain('secret')
})

test('an input without or with too many payloads does not fit', async () => {
  expect(await send(echo).answer).toMatchObject({ error: { code: 'invalid_input' } })
  expect(await send(echo, { n: 1 }, { n: 2 }).answer).toMatchObject({ error: { code: 'invalid_input', issues: [{ code: 'too_many' }] } })
})

test('passes refusals on and hides everything else behind `internal`, which is logged', async () => {
  const refusing = send(() => Promise.reject(new RefusedError('stale', { current: 7 })), { n: 1 })
  expect(await refusing.answer).toEqual({ ok: false, error: { code: 'stale', current: 7 } })
  expect(refusing.lines).toEqual([])
  const failing = send(() => Promise.reject(new Error('disk full at /secret/place')), { n: 1 })
  expect(await failing.answer).toEqual({ ok: false, error: { code: 'internal' } })
  expect(failing.lines.join()).toContain('disk full')
  const throwing = send(() => {
    throw new RefusedError('forbidden')
  }, { n: 1 })
  expect(await throwing.answer).toEqual({ ok: false, error: { code: 'forbidden' } })
})

test('what cannot be answered is not done', () => {
  const act = vi.fn(echo)
  for (const received of [[], [{ n: 1 }], [{ n: 1 }, 'no function']]) handler(schema, act, pino({ level: 'silent' }), 'test')(...received)
  expect(act).not.toHaveBeenCalled()
})
