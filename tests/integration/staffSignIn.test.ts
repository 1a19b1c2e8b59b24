import { describe, expect, test } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import type { AccountView, SignInStep, StaffMember } from '../../shared/staff.ts'
import { openApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import { onBothEngines } from '../support/engines.ts'
import { createPerson } from '../support/person.ts'
import { PASSWORD, addSecondFactor, codeOf, join, setUp, signIn } from '../support/staff.ts'
import type { StaffPerson } from '../support/staff.ts'

const MINUTE = 60_000
const WRONG = 'not this one either'

const refused = (code: string) => ({ refusal: { code } })
const tries = async ({ url }: TestApp, username: string, password: string, address = '198.51.100.7') =>
  (await createPerson(url, { address })).send<SignInStep>('POST', '/api/sign-in', { username, password }).then(
    ({ state }) => state,
    (error: { refusal: { code: string } }) => error.refusal.code,
  )
const actions = async ({ app }: TestApp) => (await app.database.read.selectFrom('audit').select(['action', 'actor', 'subject', 'address', 'detailJson']).orderBy('at').execute()).map(({ detailJson, ...rest }) => ({ ...rest, detail: JSON.parse(detailJson) as object }))

async function ticketOf({ url }: TestApp, { username, password }: StaffPerson, address = '198.51.100.9') {
  const person = await createPerson(url, { address })
  const step = await person.send<SignInStep>('POST', '/api/sign-in', { username, password })
  if (step.state !== 'code') throw new Error('no code is asked for')
  const finish = (code: string) =>
    person.send<SignInStep>('POST', '/api/sign-in/code', { ticket: step.ticket, code }).then(
      ({ state }) => state,
      (error: { refusal: { code: string } }) => error.refusal.code,
    )
  return { person, ticket: step.ticket, finish }
}

onBothEngines((engine) => {
  describe('guessing a password', () => {
    test('five wrong ones lock, whether the account exists or not; then the right one is refused, too, until a quarter of an hour has passed', async () => {
      const env = await engine.env()
      const opened = await openApp(env)
      // Guesses are counted by the database, whichever process they reach.
      const second = engine.name === 'postgres' ? await openApp(env) : opened
      const admin = await setUp(opened)
      await join(opened, admin.person, { username: 'li.min' })
      const answers: Record<string, string[]> = { 'li.min': [], nobody: [] }
      for (const [name, seen] of Object.entries(answers)) for (let at = 0; at < 6; at++) seen.push(await tries(at % 2 ? opened : second, name, at === 5 ? PASSWORD : WRONG))
      expect(answers['li.min']).toEqual([...Array.from({ length: 5 }, () => 'wrong_credentials'), 'locked'])
      expect(answers['nobody']).toEqual(answers['li.min'])
      expect(await admin.person.get<StaffMember[]>('/api/admin/people')).toMatchObject([{ lockedUntil: null }, { username: 'li.min', lockedUntil: expect.stringMatching(/Z$/) as string }])

      const pass = (ms: number) => [...new Set([opened, second])].forEach((process) => process.pass(ms))
      pass(14 * MINUTE)
      for (const name of ['li.min', 'nobody']) expect(await tries(second, name, PASSWORD)).toBe('locked')
      pass(MINUTE)
      expect(await tries(opened, 'nobody', PASSWORD)).toBe('wrong_credentials')
      expect(await tries(opened, 'li.min', PASSWORD)).toBe('done')
      const written = await actions(opened)
      expect(written.filter(({ action }) => action === 'sign_in_failed').map(({ subject, address }) => [subject, address])).toEqual([...Array.from({ length: 5 }, () => ['李敏', '198.51.100.7']), ...Array.from({ length: 6 }, () => ['', '198.51.100.7'])])
      expect(written.filter(({ action }) => action === 'locked')).toHaveLength(1)
      expect(JSON.stringify(written)).not.toContain('nobody')
    })

    test('many at once are no more than five', async () => {
      const opened = await openApp(await engine.env())
      const admin = await setUp(opened)
      await join(opened, admin.person, { username: 'li.min' })
      const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => tries(opened, 'li.min', at < 11 ? WRONG : PASSWORD)))
      expect(answers.filter((answer) => answer === 'wrong_credentials').length).toBeLessThanOrEqual(5)
      expect(answers.filter((answer) => answer === 'locked').length).toBeGreaterThanOrEqual(6)
      expect(await tries(opened, 'li.min', PASSWORD)).toBe('locked')
    })

    test('whoever is signed in goes on while the account is locked, and an administrator unlocks it', async () => {
      const opened = await openApp(await engine.env())
      const admin = await setUp(opened)
      const { person } = await join(opened, admin.person, { username: 'li.min' })
      const { personId } = await person.get<Me>('/api/me')
      for (let at = 0; at < 5; at++) await tries(opened, 'li.min', WRONG)
      expect(await tries(opened, 'li.min', PASSWORD)).toBe('locked')
      // Whoever is signed in goes on, but a stolen cookie buys no guesses of the password.
      expect(await person.get<AccountView>('/api/account')).toMatchObject({ username: 'li.min' })
      await expect(person.send('PUT', '/api/account/password', { current: PASSWORD, next: 'ein ganz anderes wort' })).rejects.toMatchObject(refused('locked'))
      expect(await admin.person.send('POST', `/api/admin/people/${personId}/act`, { action: 'unlock' })).toMatchObject({ member: { lockedUntil: null }, url: null })
      expect(await tries(opened, 'li.min', PASSWORD)).toBe('done')
    })
  })

  describe('the second step', () => {
    test('a code serves once, for its step and one beside it, and the ticket for five minutes', async () => {
      const opened = await openApp(await engine.env())
      const admin = await setUp(opened)
      opened.pass(2 * MINUTE)
      const first = await ticketOf(opened, admin)
      const code = codeOf(admin.secret, opened.now())
      expect(await first.finish(codeOf(admin.secret, opened.now(), -3))).toBe('code_invalid')
      expect(await first.finish(code)).toBe('done')
      expect(await first.person.get<Me>('/api/me')).toMatchObject({ signedIn: 'staff', grants: [{ role: 'admin' }] })
      expect(await (await ticketOf(opened, admin)).finish(code)).toBe('code_invalid')
      expect(await first.finish(code)).toBe('code_invalid')
      const late = await ticketOf(opened, admin)
      opened.pass(5 * MINUTE + 1)
      expect(await late.finish(codeOf(admin.secret, opened.now()))).toBe('unauthenticated')
      expect(await late.person.get<Me>('/api/me')).toMatchObject({ signedIn: null })
    })

    test('of several that show one code at once, one comes in', async () => {
      const opened = await openApp(await engine.env())
      const admin = await setUp(opened)
      opened.pass(2 * MINUTE)
      const all = [await ticketOf(opened, admin), await ticketOf(opened, admin), await ticketOf(opened, admin)]
      const code = codeOf(admin.secret, opened.now())
      const answers = await Promise.all(all.map(({ finish }) => finish(code)))
      expect(answers.toSorted()).toEqual(['code_invalid', 'code_invalid', 'done'])
    })
  })
})

describe('guessing and recovering', () => {
  test('guesses of codes lock as those of passwords do, and the password buys no more of them', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    opened.pass(2 * MINUTE)
    const answers: string[] = []
    for (let at = 0; at < 5; at++) answers.push(await (await ticketOf(opened, admin)).finish('000000'))
    expect(answers).toEqual(Array.from({ length: 5 }, () => 'code_invalid'))
    expect(await tries(opened, admin.username, PASSWORD)).toBe('locked')
    opened.pass(15 * MINUTE)
    const again = await ticketOf(opened, admin)
    expect(await again.finish(codeOf(admin.secret, opened.now()))).toBe('done')
  })

  test('a recovery code serves once, as it is read out', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const [code = ''] = admin.recovery
    expect(await (await ticketOf(opened, admin)).finish(code.toUpperCase().replace('-', ' '))).toBe('done')
    expect(await (await ticketOf(opened, admin)).finish(code)).toBe('code_invalid')
    expect(await admin.person.get<AccountView>('/api/account')).toMatchObject({ recoveryCodesLeft: 9 })
    const { codes } = await admin.person.send<{ codes: string[] }>('POST', '/api/account/recovery-codes', { password: PASSWORD })
    expect(await (await ticketOf(opened, admin)).finish(admin.recovery[1] ?? '')).toBe('code_invalid')
    expect(await (await ticketOf(opened, admin)).finish(codes[0] ?? '')).toBe('done')
    const kept = JSON.stringify(await opened.app.database.read.selectFrom('accounts').selectAll().execute())
    for (const secret of [...codes, admin.secret, PASSWORD]) expect(kept).not.toContain(secret.replace('-', ''))
  })

  test('an address that tries name after name is stopped, and others are not', async () => {
    const opened = await openApp()
    const person = await createPerson(opened.url, { address: '198.51.100.66' })
    const ticket = 'forged'.repeat(10)
    const answers: string[] = []
    for (let at = 0; at < 121; at++) answers.push(await person.send('POST', '/api/sign-in/code', { ticket, code: '123456' }).then(() => 'done', (error: { refusal: { code: string } }) => error.refusal.code))
    expect(new Set(answers.slice(0, 120))).toEqual(new Set(['unauthenticated']))
    expect(answers.at(-1)).toBe('rate_limited')
    expect(await tries(opened, 'nobody', WRONG, '198.51.100.66')).toBe('rate_limited')
    expect(await tries(opened, 'nobody', WRONG, '198.51.100.67')).toBe('wrong_credentials')
  })
})

describe('a sign-in', () => {
  test('is always under a new token and another person: a planted cookie is worth nothing', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const staff = await join(opened, admin.person, { username: 'li.min' })
    const victim = await createPerson(opened.url)
    const planted = victim.cookie
    await victim.send('POST', '/api/sign-in', { username: 'li.min', password: PASSWORD })
    const me = async (cookie: string) => (await (await fetch(`${opened.url}/api/me`, { headers: { Cookie: cookie } })).json()) as { data: Me }
    expect((await me(victim.cookie)).data).toMatchObject({ signedIn: 'staff', account: { username: 'li.min' } })
    expect((await me(planted)).data).toMatchObject({ signedIn: null, account: null, grants: [] })
    // Signing in over a sign-in that somebody planted ends that one, too.
    const before = victim.cookie
    await victim.send('POST', '/api/sign-in', { username: 'li.min', password: PASSWORD })
    expect((await me(before)).data).toMatchObject({ signedIn: null })
    expect((await me(victim.cookie)).data).toMatchObject({ signedIn: 'staff' })
    // The account's own person is guarded: an anonymous cookie with its id does not exist, and none is taken from the sign-in.
    expect((await me(staff.person.cookie)).data.personId).not.toBe(staff.person.personId)
  })

  test('a copied cookie is worth nothing after sign-out, a change of password, or the account was disabled', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const staff = await join(opened, admin.person, { username: 'li.min' })
    const { personId: id } = await staff.person.get<Me>('/api/me')
    const signedIn = async (cookie: string) => ((await (await fetch(`${opened.url}/api/me`, { headers: { Cookie: cookie } })).json()) as { data: Me }).data.signedIn

    const one = await signIn(opened, staff)
    const stolen = one.cookie
    expect(await signedIn(stolen)).toBe('staff')
    await one.send('POST', '/api/sign-out', {})
    expect(await signedIn(stolen)).toBeNull()

    const two = await signIn(opened, staff)
    const copies = [staff.person.cookie, two.cookie]
    const next = 'ein ganz anderes wort'
    await expect(two.send('PUT', '/api/account/password', { current: WRONG, next })).rejects.toMatchObject(refused('wrong_credentials'))
    await expect(two.send('PUT', '/api/account/password', { current: PASSWORD, next: 'li.min-2026!' })).rejects.toMatchObject({ refusal: { issues: [{ path: 'next', code: 'weak_password', reason: 'names_you' }] } })
    await two.send('PUT', '/api/account/password', { current: PASSWORD, next })
    for (const copy of copies) expect(await signedIn(copy)).toBeNull()
    expect(await signedIn(two.cookie)).toBe('staff')
    expect(await tries(opened, 'li.min', PASSWORD)).toBe('wrong_credentials')
    expect(await tries(opened, 'li.min', next)).toBe('done')

    const member = (await admin.person.get<StaffMember[]>('/api/admin/people')).find((candidate) => candidate.id === id)!
    const { name, post, departmentId, spokesperson, role, version } = member
    await admin.person.send('PUT', `/api/admin/people/${id}`, { name, post, departmentId, spokesperson, role, disabled: true, expectedVersion: version })
    expect(await signedIn(two.cookie)).toBeNull()
    expect(await tries(opened, 'li.min', next)).toBe('wrong_credentials')
  })

  test('is listed with its browser, and ended from another one', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const staff = await join(opened, admin.person, { username: 'li.min' })
    const other = await signIn(opened, staff, '198.51.100.20')
    const { signIns } = await staff.person.get<AccountView>('/api/account')
    expect(signIns.map(({ address, current }) => [address, current]).toSorted()).toEqual([['127.0.0.1', true], ['198.51.100.20', false]])
    const theirs = signIns.find(({ current }) => !current)!
    await expect(admin.person.send('DELETE', `/api/account/sign-ins/${theirs.id}`, {})).rejects.toMatchObject(refused('not_found'))
    await staff.person.send('DELETE', `/api/account/sign-ins/${theirs.id}`, {})
    expect(await other.get<Me>('/api/me')).toMatchObject({ signedIn: null })
    const third = await signIn(opened, staff)
    await staff.person.send('DELETE', '/api/account/sign-ins', {})
    expect(await third.get<Me>('/api/me')).toMatchObject({ signedIn: null })
    expect(await staff.person.get<AccountView>('/api/account')).toMatchObject({ signIns: [{ current: true }] })
    for (const path of ['/api/account']) await expect(third.get(path)).rejects.toMatchObject(refused('forbidden'))
  })

  test('setting a second factor up signs other browsers out; doing without it needs the password and a code', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const plain = await join(opened, admin.person, { username: 'li.min' })
    const other = await signIn(opened, plain)
    const before = plain.person.cookie
    const staff = await addSecondFactor(opened, plain)
    expect(plain.person.cookie).not.toBe(before)
    expect(await other.get<Me>('/api/me')).toMatchObject({ signedIn: null })
    const remove = (password: string, code: string) => staff.person.send('POST', '/api/account/second-factor/remove', { password, code })
    await expect(staff.person.send('POST', '/api/account/second-factor', { password: PASSWORD })).rejects.toMatchObject(refused('wrong_state'))
    // The code that confirmed it has served.
    await expect(remove(PASSWORD, staff.confirmedBy)).rejects.toMatchObject(refused('code_invalid'))
    opened.pass(MINUTE)
    await expect(remove(WRONG, codeOf(staff.secret, opened.now()))).rejects.toMatchObject(refused('wrong_credentials'))
    await remove(PASSWORD, codeOf(staff.secret, opened.now()))
    expect(await staff.person.get<AccountView>('/api/account')).toMatchObject({ secondFactor: 'off', recoveryCodesLeft: 0 })
    expect(await tries(opened, 'li.min', PASSWORD)).toBe('done')
  })

  test('where one is required, an administrator without it loses the role at once', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    opened.pass(MINUTE)
    await admin.person.send('POST', '/api/account/second-factor/remove', { password: PASSWORD, code: codeOf(admin.secret, opened.now()) })
    expect(await admin.person.get<Me>('/api/me')).toMatchObject({ account: { secondFactor: 'required' }, grants: [] })
    await expect(admin.person.get('/api/admin/people')).rejects.toMatchObject(refused('forbidden'))
  })
})
