import { describe, expect, test } from 'vitest'
import { COST, createPasswords } from './passwords.ts'

const LIGHT = { log: 10, r: 8, p: 1 }

describe('a password at rest', () => {
  test('is a salted hash with the work it took, and only the right one fits', async () => {
    const passwords = createPasswords()
    const stored = await passwords.hash('三棵老槐树在路口')
    expect(stored).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/)
    expect(stored).not.toBe(await passwords.hash('三棵老槐树在路口'))
    expect(await passwords.check('三棵老槐树在路口', stored)).toEqual({ right: true, outdated: false })
    expect(await passwords.check('三棵老槐树在路囗', stored)).toEqual({ right: false, outdated: false })
  })

  test('is the same however the keyboard writes it', async () => {
    const passwords = createPasswords(LIGHT)
    expect(await passwords.check('cafe\u0301 ２０２６', await passwords.hash('caf\u00e9 2026'))).toEqual({ right: true, outdated: false })
  })

  test('that took other work is right, and to be hashed anew', async () => {
    const stored = await createPasswords(LIGHT).hash('rakete im garten')
    expect(await createPasswords(COST).check('rakete im garten', stored)).toEqual({ right: true, outdated: true })
    expect(await createPasswords(COST).check('rakete im gärten', stored)).toEqual({ right: false, outdated: false })
  })

  test.each([null, '', 'plain$text', 'scrypt$10$8$1$$'])('%s fits nothing', async (stored) => {
    expect(await createPasswords(LIGHT).check('', stored)).toEqual({ right: false, outdated: false })
  })
})

test('a rush waits in a line, and is refused where the line is too long', async () => {
  const passwords = createPasswords(LIGHT)
  const settled = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.check('whatever', null)))
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(42)
  for (const one of settled.slice(42)) expect(one).toMatchObject({ status: 'rejected', reason: { refusal: { code: 'rate_limited' } } })
  await expect(passwords.check('afterwards', null)).resolves.toMatchObject({ right: false })
})
