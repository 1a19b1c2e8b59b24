import { describe, expect, test } from 'vitest'
import { COST, createPasswords } from './passwords.ts'
import type { Passwords } from './passwords.ts'

const LIGHT = { log: 10, r: 8, p: 1 }
const kept = (password: string | null) => () => Promise.resolve(password === null ? null : { password })
const check = async (passwords: Passwords, password: string, stored: string | null) => {
  const { right, anew } = await passwords.check(password, kept(stored))
  return { right, anew }
}

describe('a password at rest', () => {
  test('is a salted hash with the work it took, and only the right one fits', async () => {
    const passwords = createPasswords()
    const stored = await passwords.hash('三棵老槐树在路口')
    expect(stored).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/)
    expect(stored).not.toBe(await passwords.hash('三棵老槐树在路口'))
    expect(await check(passwords, '三棵老槐树在路口', stored)).toEqual({ right: true, anew: null })
    expect(await check(passwords, '三棵老槐树在路囗', stored)).toEqual({ right: false, anew: null })
  })

  test('is the same however the keyboard writes it', async () => {
    const passwords = createPasswords(LIGHT)
    expect(await check(passwords, 'cafe\u0301 ２０２６', await passwords.hash('caf\u00e9 2026'))).toEqual({ right: true, anew: null })
  })

  test('that took other work is right, and to be hashed anew', async () => {
    const stored = await createPasswords(LIGHT).hash('rakete im garten')
    const passwords = createPasswords(COST)
    const { right, anew } = await check(passwords, 'rakete im garten', stored)
    expect([right, anew?.split('$').slice(0, 4)]).toEqual([true, ['scrypt', '15', '8', '3']])
    expect(await check(passwords, 'rakete im garten', anew)).toEqual({ right: true, anew: null })
    expect(await check(passwords, 'rakete im gärten', stored)).toEqual({ right: false, anew: null })
  })

  test.each([null, '', 'plain$text', 'scrypt$10$8$1$$'])('%s fits nothing', async (stored) => {
    expect(await check(createPasswords(LIGHT), '', stored)).toEqual({ right: false, anew: null })
  })
})

test('what cannot be looked at costs no work, and its place goes to the next', async () => {
  const passwords = createPasswords(LIGHT)
  for (let at = 0; at < 3; at++) await expect(passwords.check('whatever', () => Promise.reject(new Error('locked')))).rejects.toThrow('locked')
  await expect(passwords.check('afterwards', kept(null))).resolves.toMatchObject({ right: false })
})

test('a rush waits in a line, and is refused where the line is too long', async () => {
  const passwords = createPasswords(LIGHT)
  const settled = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.check('whatever', kept(null))))
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(42)
  for (const one of settled.slice(42)) expect(one).toMatchObject({ status: 'rejected', reason: { refusal: { code: 'rate_limited' } } })
  await expect(passwords.check('afterwards', kept(null))).resolves.toMatchObject({ right: false })
})
