import { expect, test } from 'vitest'
import { oidcStartSchema } from '../../shared/identity.ts'
import { providerPath, returnedOf, spacedPhone } from './leaving.ts'

test.each([
  ['cancelled', 'cancelled'],
  [['taken', 'x'], 'taken'],
  ['link_invalid', null],
  [undefined, null],
])('%j in the address is %j', (query, returned) => expect(returnedOf(query)).toBe(returned))

test.each([
  ['/me?refused=taken', '/me'],
  ['/s/abc?tab=chat&refused=cancelled#q', '/s/abc?tab=chat#q'],
  ['/s/abc?find=电梯', '/s/abc?find=%E7%94%B5%E6%A2%AF'],
])('leaving from %s comes back to %s', (from, back) => {
  const url = new URL(providerPath('gov', from), 'http://here.invalid')
  expect([url.pathname, oidcStartSchema.parse(Object.fromEntries(url.searchParams)).back]).toEqual(['/api/me/oidc/gov', back])
})

test.each([
  ['13800000000', '138 0000 0000'],
  ['+491511234', '+491511234'],
])('%s is read as %s', (phone, spaced) => expect(spacedPhone(phone)).toBe(spaced))
