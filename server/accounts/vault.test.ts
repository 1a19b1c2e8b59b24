import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createVault } from './vault.ts'

const vault = createVault('a secret of some length')

test('what was sealed opens for its purpose and its secret only, and never looks the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const sealed = vault.seal('phone', text)
      expect(vault.open('phone', sealed)).toBe(text)
      expect(vault.open('other', sealed)).toBeNull()
      expect(createVault('another secret, also long').open('phone', sealed)).toBeNull()
      expect(vault.seal('phone', text)).not.toBe(sealed)
    }),
  )
})

test('one bit changed, or cut short, and it does not open', () => {
  const sealed = Buffer.from(vault.seal('phone', '13800000000'), 'base64url')
  for (let at = 0; at < sealed.length; at++) {
    const forged = Buffer.from(sealed)
    forged[at] = (forged[at] ?? 0) ^ 1
    expect(vault.open('phone', forged.toString('base64url'))).toBeNull()
    expect(vault.open('phone', sealed.subarray(0, at).toString('base64url'))).toBeNull()
  }
})

test('a digest finds the same again, and differs by purpose and secret', () => {
  expect(vault.digest('phone', '13800000000')).toBe(createVault('a secret of some length').digest('phone', '13800000000'))
  expect(new Set([vault.digest('phone', 'x'), vault.digest('receipt', 'x'), vault.digest('phone', 'y'), createVault('another secret, also long').digest('phone', 'x')]).size).toBe(4)
})
