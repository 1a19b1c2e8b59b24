import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { createCookies } from './cookie.ts'
import { createSigner } from './tokens.ts'

const signer = createSigner('a secret of some length')
const bring = (cookie?: string) => ({ headers: cookie === undefined ? {} : { cookie } }) as IncomingMessage

test('a person that was issued is read again, among other cookies', () => {
  const plain = createCookies(signer, false).anonymous
  const { personId, setCookie } = plain.issue()
  const [pair = '', ...attributes] = setCookie.split('; ')
  expect(attributes).toEqual(['Path=/', 'Max-Age=31536000', 'HttpOnly', 'SameSite=Lax'])
  expect(plain.read(bring(pair))).toBe(personId)
  expect(plain.read(bring(`lang=zh; x; =y;${pair}; theme=dark`))).toBe(personId)
})

test('over HTTPS the cookie is bound to this host and to HTTPS', () => {
  const secure = createCookies(signer, true).anonymous
  const { personId, setCookie } = secure.issue()
  expect(setCookie).toMatch(/^__Host-fangtan=.*; Secure$/)
  const pair = setCookie.split(';')[0] ?? ''
  expect(secure.read(bring(pair))).toBe(personId)
  expect(secure.read(bring(pair.replace('__Host-', '')))).toBeNull()
})

test('nobody is read from nothing, from rubbish, or from what was signed for something else', () => {
  const plain = createCookies(signer, false).anonymous
  for (const cookie of [undefined, '', ';;;', 'fangtan', 'fangtan=', 'fangtan=someone', `fangtan=${signer.sign('link', 'someone')}`]) expect(plain.read(bring(cookie)), cookie).toBeNull()
})

test('the token of a sign-in is set, read again, and taken away', () => {
  const { signIn } = createCookies(signer, true)
  const set = signIn.set('a-token', 'staff')
  expect(set).toBe('__Host-fangtan-in=a-token; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure')
  expect(signIn.read(bring(set.split(';')[0]))).toBe('a-token')
  expect(signIn.read(bring('__Host-fangtan=a-token'))).toBeNull()
  expect(signIn.clear()).toBe('__Host-fangtan-in=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure')
})
