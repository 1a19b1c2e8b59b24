import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSigner } from './tokens.ts'

const signer = createSigner('a secret of some length')

test('what was signed opens, for its purpose only and with its secret only', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (value) => {
      const signed = signer.sign('link', value)
      expect(signer.open('link', signed)).toBe(value)
      expect(signer.open('person', signed)).toBeNull()
      expect(createSigner('another secret, also long').open('link', signed)).toBeNull()
    }),
  )
})

test('one character changed anywhere, and it does not open', () => {
  const signed = signer.sign('link', 'grant')
  for (let at = 0; at < signed.length; at++) {
    const other = signed[at] === 'A' ? 'B' : 'A'
    const forged = signed.slice(0, at) + other + signed.slice(at + 1)
    expect(signer.open('link', forged), forged).toBeNull()
  }
  for (const forged of ['', '.', 'grant', 'grant.', `.${signed.split('.')[1]}`, `${signed}=`, `${signed}é`]) expect(signer.open('link', forged), forged).toBeNull()
})
