import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Colleague, Me, SignInLink, TeamMember } from '../../shared/accounts.ts'
import type { SessionView } from '../../shared/sessions.ts'
import { client } from '../support/client.ts'
import { openApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import { sessionInput } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import { addSecondFactor, join, setUp } from '../support/staff.ts'
import type { StaffPerson } from '../support/staff.ts'

let opened: TestApp
let admin: StaffPerson
let li: StaffPerson
let wang: StaffPerson
beforeAll(async () => {
  opened = await openApp()
  admin = await setUp(opened)
  li = await join(opened, admin.person, { username: 'li.min', name: '李敏' })
  wang = await join(opened, admin.person, { username: 'wang.jun', name: '王军', role: 'officer' })
})

const me = ({ person }: StaffPerson) => person.get<Me>('/api/me')
/** A session of Li's. */
const newSession = () => li.person.send<SessionView>('POST', '/api/sessions', sessionInput())

test('whoever makes a session with an account is its host by that account, and nobody’s guest elsewhere', async () => {
  const { id } = await newSession()
  const { grants, personId } = await me(li)
  expect(grants.filter(({ sessionId }) => sessionId === id)).toMatchObject([{ role: 'host', accountId: personId, name: '李敏' }])
  expect(await li.person.get<TeamMember[]>(`/api/sessions/${id}/team`)).toMatchObject([{ accountId: personId, name: '李敏', role: 'host' }])
  // A link is for whoever has no account: there is none for this grant.
  expect((await li.person.get<SignInLink[]>(`/api/sessions/${id}/links`)).map(({ role }) => role).toSorted()).toEqual(['guest', 'host', 'moderator'])
  expect(await li.person.send<SessionView>('POST', '/api/sessions', sessionInput({ id }))).toMatchObject({ id })
  expect(await li.person.get<TeamMember[]>(`/api/sessions/${id}/team`)).toHaveLength(1)
})

test('a host gives a colleague a role, once, and takes it away again under their open page', async () => {
  const { id } = await newSession()
  const path = `/api/sessions/${id}/team`
  const colleagues = await li.person.get<Colleague[]>('/api/staff')
  expect(colleagues.map(({ name }) => name).toSorted()).toEqual(['李敏', '王主任', '王军'].toSorted())
  const { accountId } = colleagues.find(({ name }) => name === '王军')!
  await expect(wang.person.get('/api/staff')).rejects.toMatchObject({ refusal: { code: 'forbidden' } })

  await li.person.send('POST', path, { accountId, role: 'moderator' })
  const team = await li.person.send<TeamMember[]>('POST', path, { accountId, role: 'moderator' })
  expect(team.map(({ name, role }) => [name, role])).toEqual([['李敏', 'host'], ['王军', 'moderator']])
  const line = await client(opened.url, { person: wang.person })
  await line.request('session:join', { sessionId: id, as: 'desk', since: null })

  const { grantId } = team.find(({ name }) => name === '王军')!
  await expect(wang.person.send('DELETE', `${path}/${grantId}`, {})).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
  await li.person.send('DELETE', `${path}/${grantId}`, {})
  expect((await me(wang)).grants.filter(({ sessionId }) => sessionId === id)).toEqual([])
  await line.next('access:revoked', ({ reason }) => reason === 'revoked', 1_000)
  await expect(li.person.send('DELETE', `${path}/${grantId}`, {})).rejects.toMatchObject({ refusal: { code: 'not_found' } })
})

test('a team is its own session’s: nobody reaches another one by an id', async () => {
  const [one, other] = [await newSession(), await newSession()]
  const { accountId } = (await li.person.get<Colleague[]>('/api/staff')).find(({ name }) => name === '王军')!
  const team = await li.person.send<TeamMember[]>('POST', `/api/sessions/${other.id}/team`, { accountId, role: 'host' })
  const { grantId } = team.find((member) => member.accountId === accountId)!
  await expect(li.person.send('DELETE', `/api/sessions/${one.id}/team/${grantId}`, {})).rejects.toMatchObject({ refusal: { code: 'not_found' } })
  await expect(li.person.send('POST', `/api/sessions/${one.id}/team`, { accountId: randomUUID(), role: 'host' })).rejects.toMatchObject({ refusal: { code: 'not_found' } })
  await expect(wang.person.get(`/api/sessions/${one.id}/team`)).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
  // A host of one session sees whom to choose, and is no host of another.
  expect(await wang.person.get<Colleague[]>('/api/staff')).toHaveLength(3)
  // An account's role is no link: it has no address that anybody could open, renew or revoke.
  await expect(li.person.send('PUT', `/api/sessions/${other.id}/links/${grantId}`, { action: 'renew' })).rejects.toMatchObject({ refusal: { code: 'not_found' } })
})

test('an administrator’s role counts only with a second factor, as long as the county asks for one', async () => {
  const chen = await join(opened, admin.person, { username: 'chen.hui', name: '陈慧', role: 'admin' })
  expect(await me(chen)).toMatchObject({ signedIn: 'staff', grants: [], account: { username: 'chen.hui', role: 'admin', secondFactor: 'required' } })
  await expect(chen.person.get('/api/admin/people')).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
  await addSecondFactor(opened, chen)
  expect(await me(chen)).toMatchObject({ grants: [{ role: 'admin', sessionId: null }], account: { secondFactor: 'on' } })
})

test('a link that somebody of the staff opens adds to what they may, in the same browser', async () => {
  const { id } = await newSession()
  const link = (await li.person.get<SignInLink[]>(`/api/sessions/${id}/links`)).find(({ role }) => role === 'guest')!
  const before = wang.person.cookie
  await wang.person.signIn(link.url)
  expect(wang.person.cookie).not.toBe(before)
  expect(await me(wang)).toMatchObject({ signedIn: 'staff', account: { name: '王军' } })
  expect((await me(wang)).grants.filter(({ sessionId }) => sessionId === id)).toMatchObject([{ role: 'guest', accountId: null }])
  // Taken over by another device, it leaves the rest as it was.
  await createPerson(opened.url, { link: link.url })
  expect((await me(wang)).grants.filter(({ sessionId }) => sessionId === id)).toEqual([])
  expect((await me(wang)).account?.name).toBe('王军')
})

test('a guest who signs in as themselves in the same browser, and opens the link again, alarms nobody', async () => {
  const { id } = await newSession()
  const link = (await li.person.get<SignInLink[]>(`/api/sessions/${id}/links`)).find(({ role }) => role === 'guest')!
  const person = await createPerson(opened.url, { link: link.url })
  await person.send('POST', '/api/sign-in', { username: wang.username, password: wang.password })
  expect((await person.get<Me>('/api/me')).grants.filter(({ sessionId }) => sessionId === id)).toEqual([])
  await person.send('POST', '/api/links/open', { token: new URL(link.url).pathname.replace('/in/', ''), move: false })
  expect((await person.get<Me>('/api/me')).grants.filter(({ sessionId }) => sessionId === id)).toMatchObject([{ role: 'guest' }])
  const uses = (await li.person.get<SignInLink[]>(`/api/sessions/${id}/links`)).find((candidate) => candidate.id === link.id)!.uses
  expect(uses.map(({ kind }) => kind)).toEqual(['opened', 'opened'])
})
