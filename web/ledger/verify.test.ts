import { expect, it } from 'vitest'
import { LEDGER_GENESIS, canonicalEntry } from '../../shared/ledger.ts'
import type { LedgerEntry, LedgerFile } from '../../shared/ledger.ts'
import { verifyHere } from './verify.ts'

async function hash(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex')
}

async function ledger(length: number): Promise<LedgerFile> {
  const entries: LedgerEntry[] = []
  for (let index = 1; index <= length; index++) {
    const previous = entries.at(-1)?.hash ?? LEDGER_GENESIS
    const entry = { sessionId: 'session1', index, at: '2026-11-22T01:30:00.000Z', subject: 'question' as const, number: index, action: 'submit', from: null, to: 'pending', role: 'participant', actor: 'a', reason: '没有', textDigest: null, detail: { code: 'spam' }, previous }
    entries.push({ ...entry, hash: await hash(canonicalEntry(entry)) })
  }
  return { format: 'fangtan-ledger', version: 2, sessionId: 'session1', head: entries.at(-1)?.hash ?? LEDGER_GENESIS, seal: null, entries }
}

const signal = () => new AbortController().signal

it('holds, and says how far it is', async () => {
  const file = await ledger(450)
  const told: number[] = []
  expect(await verifyHere(file, (held) => told.push(held), signal())).toEqual({ ok: true, entries: 450, head: file.head })
  expect(told).toEqual([200, 400, 450])
})

it.each<[string, (file: LedgerFile) => void, object]>([
  ['a changed entry', (file) => (file.entries[250]!.reason = '有'), { index: 251, problem: 'hash' }],
  ['a missing entry', (file) => file.entries.splice(200, 1), { index: 201, problem: 'index' }],
  ['the end cut off', (file) => file.entries.pop(), { index: 0, problem: 'head' }],
  ['another seal', (file) => (file.seal = { at: '', entries: 3, head: '0'.repeat(64) }), { index: 3, problem: 'seal' }],
])('names %s', async (_name, change, expected) => {
  const file = await ledger(260)
  change(file)
  expect(await verifyHere(file, () => undefined, signal())).toEqual({ ok: false, ...expected })
})

it('stops when the page is left', async () => {
  await expect(verifyHere(await ledger(3), () => undefined, AbortSignal.abort(new Error('left')))).rejects.toThrow('left')
})
