import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LEDGER_GENESIS } from '../../shared/ledger.ts'
import type { LedgerEntry, LedgerFile } from '../../shared/ledger.ts'
import { chain, entryHash, verifyLedger } from './rules.ts'
import type { LedgerNote } from './rules.ts'

const note = (action: string): LedgerNote => ({ subject: 'question', number: 1, action, from: 'pending', to: 'approved', role: 'host', actor: 'a', reason: null, textDigest: null })

function ledger(actions: string[]): LedgerFile {
  const entries: LedgerEntry[] = []
  for (const action of actions) entries.push(chain('session1', { index: entries.length, hash: entries.at(-1)?.hash ?? LEDGER_GENESIS }, note(action), '2026-11-22T01:30:00.000Z'))
  return { format: 'fangtan-ledger', version: 2, sessionId: 'session1', head: entries.at(-1)?.hash ?? LEDGER_GENESIS, seal: null, entries }
}

test('a hash is of the canonical form, whatever the order of the keys, and stays what it is', () => {
  const [entry] = ledger(['approve']).entries
  const { hash, ...rest } = entry!
  // Fixed: ledgers that people have downloaded must verify with every later version.
  expect(hash).toBe('e5fec288e839ca310514fe8e95e2ddd3d07032adb1f418d05f82c6c6a59dff03')
  expect(entryHash(Object.fromEntries(Object.entries(rest).reverse()) as typeof rest)).toBe(hash)
})

test('an empty ledger and a whole one hold', () => {
  expect(verifyLedger(ledger([]))).toEqual({ ok: true, entries: 0, head: LEDGER_GENESIS })
  const whole = ledger(['a', 'b', 'c'])
  expect(verifyLedger(whole)).toEqual({ ok: true, entries: 3, head: whole.head })
})

test('any field of any entry changed is noticed, at that entry or the next', () => {
  const file = ledger(['a', 'b', 'c', 'd'])
  const fields = Object.keys(file.entries[0]!) as (keyof LedgerEntry)[]
  fc.assert(
    fc.property(fc.nat(3), fc.constantFrom(...fields), fc.string(), (position, field, value) => {
      fc.pre(file.entries[position]![field] !== value)
      const copy = structuredClone(file)
      Object.assign(copy.entries[position]!, { [field]: value })
      const verdict = verifyLedger(copy)
      expect(verdict.ok || verdict.index).toBe(position + 1)
    }),
  )
})

test('entries taken out, doubled or exchanged are noticed', () => {
  const file = ledger(['a', 'b', 'c', 'd', 'e'])
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 8 }), (order) => {
      fc.pre(order.join() !== '0,1,2,3,4')
      expect(verifyLedger({ ...file, entries: order.map((position) => file.entries[position]!) }).ok).toBe(false)
    }),
  )
})

test('details belong to what is hashed, in whatever order they were given; none at all hashes as it did before there were any', () => {
  const at = '2026-11-22T01:30:00.000Z'
  const start = { index: 0, hash: LEDGER_GENESIS }
  const detailed = (detail: LedgerNote['detail']) => chain('session1', start, { ...note('decline'), detail }, at).hash
  expect(detailed({ votes: 2, code: 'spam' })).toBe(detailed({ code: 'spam', votes: 2 }))
  expect(detailed({ code: 'spam' })).not.toBe(detailed({ code: 'other' }))
  expect(detailed(null)).toBe(chain('session1', start, note('decline'), at).hash)
})

test('the head that was published at the end must still be there', () => {
  const file = ledger(['a', 'b', 'c', 'd'])
  const seal = { at: '2026-11-22T03:00:00.000Z', entries: 3, head: file.entries[2]!.hash }
  expect(verifyLedger({ ...file, seal })).toMatchObject({ ok: true, entries: 4 })
  // Everything rewritten after the second entry, head and all: only the seal is left to tell.
  const rewritten = ledger(['a', 'b', 'x', 'd'])
  expect(verifyLedger(rewritten).ok).toBe(true)
  expect(verifyLedger({ ...rewritten, seal })).toEqual({ ok: false, index: 3, problem: 'seal' })
  const shortened = ledger(['a', 'b'])
  expect(verifyLedger({ ...shortened, seal })).toEqual({ ok: false, index: 2, problem: 'seal' })
})
