import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import type { EditStaff, Invitation, InvitationMade, InvitationSeen, SignInStep, StaffActed, StaffMember } from '../../shared/staff.ts'
import { openApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import { client } from '../support/client.ts'
import { onBothEngines } from '../support/engines.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { PASSWORD, addSecondFactor, codeOf, join, setUp, signIn, tokenOf } from '../support/staff.ts'
import type { StaffPerson } from '../support/staff.ts'

const DAY = 24 * 3_600_000
const NEXT = 'ein ganz anderes wort'
const refused = (code: string) => ({ refusal: { code } })

const invite = (by: Person, over: object = {}) => by.send<InvitationMade>('POST', '/api/admin/invitations', { id: randomUUID(), name: '李敏', role: 'officer', departmentId: null, ...over })
const accept = (person: Person, token: string, over: object = {}) => person.send<SignInStep>('POST', '/api/invitations/accept', { token, username: 'li.min', name: '李敏', password: PASSWORD, ...over })
const look = (person: Person, token: string) => person.send<InvitationSeen>('POST', '/api/invitations/look', { token })
const people = (admin: Person) => admin.get<StaffMember[]>('/api/admin/people')
const idOf = async (person: Person) => (await person.get<Me>('/api/me')).personId

async function edit(admin: Person, id: string, over: Partial<EditStaff>): Promise<StaffMember> {
  const found = (await people(admin)).find((member) => member.id === id)
  if (!found) throw new Error('there is no such account')
  const { name, post, departmentId, spokesperson, role, disabled, version } = found
  return admin.send<StaffMember>('PUT', `/api/admin/people/${id}`, { name, post, departmentId, spokesperson, role, disabled, expectedVersion: version, ...over })
}

async function anotherAdmin(opened: TestApp, admin: Person) {
  return addSecondFactor(opened, await join(opened, admin, { username: 'zhao.admin', name: '赵副主任', role: 'admin' }))
}

onBothEngines((engine) => {
  describe('an invitation', () => {
    test('makes an account with its role, once', async () => {
      const opened = await openApp(await engine.env())
      const admin = await setUp(opened)
      const { invitation, url } = await invite(admin.person)
      const token = tokenOf(url)
      expect(url).toBe(`${opened.url}/invite/${token}`)
      expect(JSON.stringify(await opened.app.database.read.selectFrom('invitations').selectAll().execute())).not.toContain(token)
      const [one, two] = [await createPerson(opened.url), await createPerson(opened.url)]
      expect(await look(one, token)).toMatchObject({ purpose: 'invite', name: '李敏', username: null, role: 'officer', department: '' })
      await expect(accept(one, token, { username: 'admin.first' })).rejects.toMatchObject(refused('taken'))
      await expect(accept(one, token, { password: '1234567890' })).rejects.toMatchObject({ refusal: { issues: [{ path: 'password', code: 'weak_password', reason: 'run' }] } })

      const outcomes = await Promise.allSettled([accept(one, token), accept(two, token, { username: 'li.min2' })])
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refused('link_invalid'))
      const entered = outcomes[0].status === 'fulfilled' ? one : two
      expect(await entered.get<Me>('/api/me')).toMatchObject({ signedIn: 'staff', account: { name: '李敏', role: 'officer', secondFactor: 'off' }, grants: [{ role: 'officer', sessionId: null, name: '李敏' }] })
      await expect(look(one, token)).rejects.toMatchObject(refused('link_invalid'))
      expect(await admin.person.get<Invitation[]>('/api/admin/invitations')).toEqual([])
      await expect(invite(admin.person, { id: invitation.id })).rejects.toMatchObject(refused('wrong_state'))
    })

    test('is void when it is revoked, made anew, or a week old', async () => {
      const opened = await openApp(await engine.env())
      const admin = await setUp(opened)
      const person = await createPerson(opened.url)
      const first = await invite(admin.person)
      const again = await invite(admin.person, { id: first.invitation.id })
      expect(again.url).not.toBe(first.url)
      expect(await admin.person.get<Invitation[]>('/api/admin/invitations')).toMatchObject([{ id: first.invitation.id, purpose: 'invite', name: '李敏', by: '王主任' }])
      await expect(look(person, tokenOf(first.url))).rejects.toMatchObject(refused('link_invalid'))
      await look(person, tokenOf(again.url))
      await admin.person.send('DELETE', `/api/admin/invitations/${first.invitation.id}`, {})
      for (const act of [look, accept]) await expect(act(person, tokenOf(again.url))).rejects.toMatchObject(refused('link_invalid'))
      await admin.person.send('DELETE', `/api/admin/invitations/${first.invitation.id}`, {})

      const late = await invite(admin.person)
      opened.pass(7 * DAY + 1_000)
      await expect(accept(person, tokenOf(late.url))).rejects.toMatchObject(refused('link_invalid'))
    })
  })

  describe('a reset', () => {
    test('replaces the password once, within a day; the one before it is void, all browsers are signed out, the lock is gone', async () => {
      const opened = await openApp(await engine.env())
      const admin = await setUp(opened)
      const staff = await join(opened, admin.person, { username: 'li.min' })
      const id = await idOf(staff.person)
      const reset = async () => tokenOf((await admin.person.send<StaffActed>('POST', `/api/admin/people/${id}/act`, { action: 'reset' })).url ?? '')
      const [first, second] = [await reset(), await reset()]
      const person = await createPerson(opened.url)
      await expect(look(person, first)).rejects.toMatchObject(refused('link_invalid'))
      expect(await look(person, second)).toMatchObject({ purpose: 'reset', name: '李敏', username: 'li.min', role: 'staff' })
      for (let at = 0; at < 5; at++) await expect(person.send('POST', '/api/sign-in', { username: 'li.min', password: 'wrong' })).rejects.toMatchObject(refused('wrong_credentials'))
      // What is sent as name and user name does not count: the account has both.
      expect(await accept(person, second, { password: NEXT, username: 'somebody', name: '别人' })).toEqual({ state: 'done' })
      expect(await person.get<Me>('/api/me')).toMatchObject({ personId: id, account: { username: 'li.min', name: '李敏' } })
      expect(await staff.person.get<Me>('/api/me')).toMatchObject({ signedIn: null })
      await expect(accept(person, second, { password: NEXT })).rejects.toMatchObject(refused('link_invalid'))
      await expect(signIn(opened, staff)).rejects.toMatchObject(refused('wrong_credentials'))
      await signIn(opened, { username: 'li.min', password: NEXT })
      const third = await reset()
      opened.pass(DAY + 1_000)
      await expect(look(person, third)).rejects.toMatchObject(refused('link_invalid'))
    })

    test('keeps the second factor, and does not come in without it', async () => {
      const opened = await openApp(await engine.env())
      const admin = await setUp(opened)
      const staff = await addSecondFactor(opened, await join(opened, admin.person, { username: 'li.min' }))
      const { url } = await admin.person.send<StaffActed>('POST', `/api/admin/people/${await idOf(staff.person)}/act`, { action: 'reset' })
      opened.pass(60_000)
      const person = await createPerson(opened.url)
      const step = await accept(person, tokenOf(url ?? ''), { password: NEXT })
      expect(await person.get<Me>('/api/me')).toMatchObject({ signedIn: null })
      if (step.state !== 'code') throw new Error('no code is asked for')
      await person.send('POST', '/api/sign-in/code', { ticket: step.ticket, code: codeOf(staff.secret, opened.now()) })
      expect(await person.get<Me>('/api/me')).toMatchObject({ signedIn: 'staff', account: { secondFactor: 'on' } })
    })
  })

  describe('the last administrator', () => {
    test('is neither demoted nor disabled; of two who demote each other at once, one stays', async () => {
      const opened = await openApp(await engine.env())
      const admin = await setUp(opened)
      const id = await idOf(admin.person)
      for (const over of [{ role: 'staff' }, { disabled: true }, { role: 'supervisor', disabled: true }] as const) await expect(edit(admin.person, id, over)).rejects.toMatchObject(refused('wrong_state'))
      await edit(admin.person, id, { post: '主任' })

      const other = await anotherAdmin(opened, admin.person)
      const otherId = await idOf(other.person)
      const outcomes = await Promise.allSettled([edit(admin.person, otherId, { role: 'staff' }), edit(other.person, id, { disabled: true })])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await opened.app.database.read.selectFrom('accounts').select('id').where('role', '=', 'admin').where('disabledAt', 'is', null).execute()).toHaveLength(1)
    })
  })

  test('who administers no more comes in by nothing that they gave out: neither an invitation nor a reset of somebody else', async () => {
    const opened = await openApp(await engine.env())
    const admin = await setUp(opened)
    const [other, third] = [await anotherAdmin(opened, admin.person), await join(opened, admin.person, { username: 'chen.si' })]
    const stays = tokenOf((await invite(admin.person)).url)
    const given = [tokenOf((await invite(other.person, { role: 'admin' })).url)]
    const reset = await other.person.send<StaffActed>('POST', `/api/admin/people/${await idOf(third.person)}/act`, { action: 'reset' })
    given.push(tokenOf(reset.url ?? ''))
    const person = await createPerson(opened.url)
    for (const token of given) await look(person, token)
    await edit(admin.person, await idOf(other.person), { role: 'officer' })
    for (const token of given) for (const act of [look, accept]) await expect(act(person, token)).rejects.toMatchObject(refused('link_invalid'))
    expect(await look(person, stays)).toMatchObject({ role: 'officer' })
  })

  test('a role that is taken away ends at once, and what is granted with it', async () => {
    const opened = await openApp(await engine.env())
    const admin = await setUp(opened)
    const other = await anotherAdmin(opened, admin.person)
    const id = await idOf(other.person)
    expect(await people(other.person)).toHaveLength(2)
    await edit(admin.person, id, { role: 'staff', name: '赵明' })
    await expect(people(other.person)).rejects.toMatchObject(refused('forbidden'))
    expect(await other.person.get<Me>('/api/me')).toMatchObject({ account: { role: 'staff', name: '赵明' }, grants: [{ role: 'staff', name: '赵明' }] })
    const { database } = opened.app
    expect(await database.read.selectFrom('rightsChanges').select('reason').where('personId', '=', id).where('signInId', 'is', null).execute()).toEqual([{ reason: 'revoked' }])

    await edit(admin.person, id, { disabled: true })
    expect(await other.person.get<Me>('/api/me')).toMatchObject({ signedIn: null, grants: [] })
    expect(await database.read.selectFrom('grants').select('revokedAt').where('accountId', '=', id).execute()).toEqual([{ revokedAt: expect.stringMatching(/Z$/) as string }])
    await expect(admin.person.send('POST', `/api/admin/people/${id}/act`, { action: 'reset' })).rejects.toMatchObject(refused('wrong_state'))
    await edit(admin.person, id, { disabled: false })
    expect(await database.read.selectFrom('grants').select(['revokedAt', 'role']).where('accountId', '=', id).execute()).toEqual([{ revokedAt: null, role: 'staff' }])
  })
})

describe('an open connection', () => {
  /** What is done to `staff`, and why their connection is cut for it. */
  const ways: [string, (opened: TestApp, admin: StaffPerson, staff: StaffPerson, id: string) => Promise<unknown>, 'revoked' | 'signed_out'][] = [
    ['the account is disabled', (_opened, admin, _staff, id) => edit(admin.person, id, { disabled: true }), 'revoked'],
    ['the role is taken away', (_opened, admin, _staff, id) => edit(admin.person, id, { role: 'officer' }), 'revoked'],
    ['an administrator signs them out', (_opened, admin, _staff, id) => admin.person.send('POST', `/api/admin/people/${id}/act`, { action: 'sign_out' }), 'signed_out'],
    ['they sign out', (_opened, _admin, staff) => staff.person.send('POST', '/api/sign-out', {}), 'signed_out'],
    [
      'the password is changed elsewhere',
      async (opened, _admin, staff) => (await signIn(opened, staff)).send('PUT', '/api/account/password', { current: PASSWORD, next: NEXT }),
      'signed_out',
    ],
    [
      'the password is reset',
      async (opened, admin, _staff, id) => accept(await createPerson(opened.url), tokenOf((await admin.person.send<StaffActed>('POST', `/api/admin/people/${id}/act`, { action: 'reset' })).url ?? ''), { password: NEXT }),
      'signed_out',
    ],
  ]
  test.each(ways)('is cut within a second when %s', async (_what, act, reason) => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const staff = await join(opened, admin.person, { username: 'li.min' })
    const line = await client(opened.url, { person: staff.person })
    const gone = new Promise((resolve) => line.socket.once('disconnect', resolve))
    await act(opened, admin, staff, await idOf(staff.person))
    await line.next('access:revoked', (message) => message.reason === reason, 1_000)
    await gone
  })
})

describe('looking after people', () => {
  test('somebody else was faster: the account as it is now', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const staff = await join(opened, admin.person, { username: 'li.min' })
    const id = await idOf(staff.person)
    await edit(admin.person, id, { post: '科员', spokesperson: true })
    await expect(edit(admin.person, id, { expectedVersion: 1 })).rejects.toMatchObject({ refusal: { code: 'stale', current: { id, post: '科员', spokesperson: true, version: 2 } } })
    await expect(edit(admin.person, id, { departmentId: randomUUID() })).rejects.toMatchObject({ refusal: { code: 'invalid_input', issues: [{ path: 'departmentId', code: 'not_found' }] } })
    await expect(admin.person.send('POST', `/api/admin/people/${randomUUID()}/act`, { action: 'unlock' })).rejects.toMatchObject(refused('not_found'))
  })

  test('browsers are signed out and a second factor taken away from elsewhere', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const other = await anotherAdmin(opened, admin.person)
    const id = await idOf(other.person)
    await admin.person.send('POST', `/api/admin/people/${id}/act`, { action: 'remove_second_factor' })
    expect(await other.person.get<Me>('/api/me')).toMatchObject({ signedIn: 'staff', account: { secondFactor: 'required' }, grants: [] })
    await expect(people(other.person)).rejects.toMatchObject(refused('forbidden'))
    await admin.person.send('POST', `/api/admin/people/${id}/act`, { action: 'sign_out' })
    expect(await other.person.get<Me>('/api/me')).toMatchObject({ signedIn: null })
    expect(await people(admin.person)).toMatchObject([{ signIns: 1, secondFactor: true }, { signIns: 0, secondFactor: false }])
    const acts = await opened.app.database.read.selectFrom('audit').select(['actor', 'subject', 'detailJson']).where('action', '=', 'staff_act').orderBy('at').execute()
    expect(acts).toEqual([
      { actor: '王主任', subject: '赵副主任', detailJson: '{"action":"remove_second_factor"}' },
      { actor: '王主任', subject: '赵副主任', detailJson: '{"action":"sign_out"}' },
    ])
  })

  test.each(['staff', 'officer', 'supervisor'] as const)('is not for %s', async (role) => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const { person } = await addSecondFactor(opened, await join(opened, admin.person, { username: 'li.min', role }))
    const id = await idOf(admin.person)
    const own = await idOf(person)
    const attempts = [
      () => person.get('/api/admin/people'),
      () => person.get('/api/admin/invitations'),
      () => invite(person, { role: 'admin' }),
      () => person.send('POST', `/api/admin/people/${id}/act`, { action: 'reset' }),
      () => person.send('PUT', `/api/admin/people/${own}`, { name: '李敏', post: '', departmentId: null, spokesperson: false, role: 'admin', disabled: false, expectedVersion: 1 }),
      () => person.send('DELETE', `/api/admin/invitations/${randomUUID()}`, {}),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(refused('forbidden'))
  })
})
