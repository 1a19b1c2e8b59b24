import { describe, expect, test } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import type { SiteView } from '../../shared/site.ts'
import type { AccountView, SetupState, SignInStep } from '../../shared/staff.ts'
import { openApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import { onBothEngines } from '../support/engines.ts'
import { createPerson } from '../support/person.ts'
import { PASSWORD, setUp, tokenOf } from '../support/staff.ts'

const DAY = 24 * 3_600_000
const input = { username: 'wang', name: '王主任', password: PASSWORD, siteName: '清河县在线访谈' }

async function printed({ app }: TestApp): Promise<string> {
  const address = await app.core.staff.setup.address()
  if (!address) throw new Error('set-up is not open')
  return tokenOf(address)
}

onBothEngines((engine) => {
  describe('the first set-up', () => {
    test('makes the administrator, names the site, publishes a privacy notice, and is closed for good', async () => {
      const opened = await openApp(await engine.env())
      const person = await createPerson(opened.url)
      expect(await person.get<SetupState>('/api/setup')).toEqual({ open: true })
      const [first, second] = [await printed(opened), await printed(opened)]
      expect(first).toMatch(/^[\w-]{43}$/)

      expect(await person.send<SignInStep>('POST', '/api/setup', { ...input, token: second })).toEqual({ state: 'done' })
      const me = await person.get<Me>('/api/me')
      expect(me).toMatchObject({ signedIn: 'staff', account: { username: 'wang', name: '王主任', role: 'admin', secondFactor: 'required' }, grants: [] })
      expect(me.personId).not.toBe(person.personId)
      expect(await person.get<SiteView>('/api/site')).toMatchObject({ name: '清河县在线访谈', privacy: { version: 1 } })
      const notice = await person.get<{ text: Record<string, string> }>('/api/site/privacy')
      expect(notice.text['zh-CN']).toContain('清河县在线访谈')

      const other = await createPerson(opened.url)
      expect(await other.get<SetupState>('/api/setup')).toEqual({ open: false })
      for (const token of [first, second]) await expect(other.send('POST', '/api/setup', { ...input, username: 'li.min', token })).rejects.toMatchObject({ refusal: { code: 'wrong_state' } })
      expect(await opened.app.core.staff.setup.address()).toBeNull()
      const audit = await opened.app.database.read.selectFrom('audit').select(['action', 'actor', 'subject', 'address']).orderBy('at').execute()
      expect(audit.map(({ action }) => action).toSorted()).toEqual(['setup', 'sign_in'])
      expect(audit[0]).toMatchObject({ actor: '王主任', address: '127.0.0.1' })
    })

    test('of two at once, one wins', async () => {
      const opened = await openApp(await engine.env())
      const people = await Promise.all([createPerson(opened.url), createPerson(opened.url), createPerson(opened.url)])
      const tokens = [await printed(opened), await printed(opened)]
      const outcomes = await Promise.allSettled(people.map((person, at) => person.send('POST', '/api/setup', { ...input, username: `wang.${at}`, token: tokens[Math.min(at, 1)] })))
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ refusal: { code: 'wrong_state' } })
      expect(await opened.app.database.read.selectFrom('accounts').select('role').execute()).toEqual([{ role: 'admin' }])
      expect(await opened.app.database.read.selectFrom('privacyNotices').select('version').execute()).toHaveLength(1)
    })
  })
})

describe('the token of a set-up', () => {
  test('serves for a day, is kept as a digest, and is not to be guessed', async () => {
    const opened = await openApp()
    const token = await printed(opened)
    const rows = await opened.app.database.read.selectFrom('invitations').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
    const person = await createPerson(opened.url)
    await expect(person.send('POST', '/api/setup', { ...input, token: `${token.slice(0, -1)}_` })).rejects.toMatchObject({ refusal: { code: 'link_invalid' } })
    await expect(person.send('POST', '/api/invitations/accept', { token, username: 'wang', name: '王', password: PASSWORD })).rejects.toMatchObject({ refusal: { code: 'link_invalid' } })
    await expect(person.send('POST', '/api/setup', { ...input, password: 'Password2026', token })).rejects.toMatchObject({ refusal: { code: 'invalid_input', issues: [{ path: 'password', code: 'weak_password', reason: 'common' }] } })
    opened.pass(DAY + 1)
    await expect(person.send('POST', '/api/setup', { ...input, token })).rejects.toMatchObject({ refusal: { code: 'link_invalid' } })
  })

  test('the role counts once there is a second factor', async () => {
    const opened = await openApp()
    const { person } = await setUp(opened)
    expect(await person.get<Me>('/api/me')).toMatchObject({ account: { secondFactor: 'on' }, grants: [{ role: 'admin', sessionId: null, name: '王主任' }] })
    expect(await person.get<AccountView>('/api/account')).toMatchObject({ secondFactor: 'on', recoveryCodesLeft: 10, signIns: [{ current: true, address: '127.0.0.1' }] })
    expect(await person.get('/api/admin/people')).toHaveLength(1)
  })
})
