import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createSigner } from '../../server/accounts/tokens.ts'
import type { Me, SignInLink } from '../../shared/accounts.ts'
import type { SessionView } from '../../shared/sessions.ts'
import { client } from '../support/client.ts'
import { openSession } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

let server: TestServer
let opened: OpenedSession
beforeAll(async () => {
  server = await startServer()
  opened = await openSession(server)
})

const tokenOf = (link: { url: string }) => new URL(link.url).pathname.replace('/in/', '')
const linkFor = async (role: 'host' | 'moderator' | 'guest') => (await opened.host.person.get<SignInLink[]>(`/api/sessions/${opened.sessionId}/links`)).find((link) => link.role === role)!
/** Who the server takes somebody with just these cookies for. */
async function meBy(cookie: string): Promise<{ me: Me; set: string[] }> {
  const response = await fetch(`${server.url}/api/me`, { headers: { Cookie: cookie } })
  return { me: ((await response.json()) as { data: Me }).data, set: response.headers.getSetCookie() }
}
const openBy = (cookie: string, token: string) =>
  fetch(`${server.url}/api/links/open`, { method: 'POST', headers: { 'Content-Type': 'application/json', Cookie: cookie }, body: JSON.stringify({ token, move: true }) })
const anonymous = (person: Person) => person.cookie.split('; ')[0] ?? ''
const signIn = (person: Person) => person.cookie.split('; ')[1] ?? ''
/** A connection with just this cookie: `connected`, or why not. */
const knock = (person: Pick<Person, 'cookie'>) =>
  client(server.url, { person: person as Person }).then(
    () => 'connected',
    (error: { data?: { code: string } }) => error.data?.code,
  )

describe('the cookies', () => {
  test('of a sign-in are a random token that only this host gets, and only a digest of it is kept', async () => {
    const person = await createPerson(server.url)
    const response = await person.fetch('/api/links/open', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: tokenOf(await linkFor('moderator')), move: false }) })
    const [set = ''] = response.headers.getSetCookie()
    expect(set).toMatch(/^fangtan-in=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/)
    const token = set.slice('fangtan-in='.length, set.indexOf(';'))
    const database = new DatabaseSync(join(server.dataDir, 'fangtan.sqlite'))
    const rows = database.prepare('select * from sign_ins where person_id = ?').all(person.personId)
    database.close()
    expect(rows).toMatchObject([{ kind: 'link', token: expect.stringMatching(/^[0-9a-f]{64}$/) as string }])
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('are given by what a page asks first and by what changes something, not by what it fetches meanwhile or a cache may keep', async () => {
    const given = async (method: string, path: string) => (await fetch(`${server.url}${path}`, { method })).headers.getSetCookie().length
    for (const path of ['/api/site', '/api/departments', '/api/sessions', `/api/pictures/${randomUUID()}`, '/branding.css']) expect([path, await given('GET', path), await given('HEAD', path)]).toEqual([path, 0, 0])
    expect([await given('GET', '/api/me'), await given('POST', '/api/me/phone')]).toEqual([1, 1])
  })

  test('are bound to HTTPS and to the host where there is HTTPS', async () => {
    const secure = await startServer({ env: { PUBLIC_URL: 'https://fangtan.example' } })
    const first = await fetch(`${secure.url}/api/me`)
    const [cookie = ''] = first.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-fangtan=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
    const headers = { 'Content-Type': 'application/json', Cookie: cookie.split(';')[0] ?? '' }
    const answer = await fetch(`${secure.url}/api/links/open`, { method: 'POST', headers, body: JSON.stringify({ token: tokenOf({ url: secure.links.host }), move: false }) })
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-fangtan-in=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)])
  })

  test('that somebody made up or guessed say nothing', async () => {
    const person = await createPerson(server.url, { link: (await linkFor('moderator')).url })
    const token = signIn(person).replace('fangtan-in=', '')
    for (const guess of ['', 'x', person.personId, randomBytes(32).toString('base64url'), `${token}x`, token.slice(0, -1), token.toLowerCase()]) {
      const { me } = await meBy(`fangtan-in=${guess}`)
      expect([me.signedIn, me.grants], guess).toEqual([null, []])
      expect(await knock({ cookie: `fangtan-in=${guess}` }), guess).toBe('unauthenticated')
    }
    expect((await meBy(`fangtan-in=${token}`)).me).toMatchObject({ personId: person.personId, signedIn: 'link', grants: [{ role: 'moderator' }] })
  })
})

describe('session fixation', () => {
  test('an anonymous cookie that was planted or taken carries no rights, and the connection that it had is cut', async () => {
    const attacker = await createPerson(server.url)
    const planted = anonymous(attacker)
    const line = await client(server.url, { person: attacker })
    const victim = await openBy(planted, tokenOf(await linkFor('host')))
    expect(victim.status).toBe(200)
    const { set, me } = await meBy(planted)
    expect(me).toMatchObject({ signedIn: null, grants: [] })
    expect(me.personId).not.toBe(attacker.personId)
    expect(set).toEqual([expect.stringMatching(/^fangtan=/)])
    await line.next('access:revoked', ({ reason }) => reason === 'changed', 1_000)
    expect(await knock({ cookie: planted })).toBe('unauthenticated')
  })

  test('a sign-in that was planted is worth nothing once its browser has more rights', async () => {
    const attacker = await createPerson(server.url, { link: (await linkFor('moderator')).url })
    const planted = attacker.cookie
    const victim = await openBy(planted, tokenOf(await linkFor('host')))
    const own = victim.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect((await meBy(own)).me.grants.map(({ role }) => role)).toEqual(['moderator', 'host'])
    expect((await meBy(planted)).me).toMatchObject({ signedIn: null, grants: [] })
  })
})

describe('signing out', () => {
  test('makes a stolen copy of the cookies worthless at once, and cuts their connections', async () => {
    const person = await createPerson(server.url, { link: (await linkFor('host')).url })
    const stolen = person.cookie
    const line = await client(server.url, { person })
    await line.request('session:join', { sessionId: opened.sessionId, as: 'desk', since: null })
    await person.send('POST', '/api/sign-out', {})
    expect((await meBy(stolen)).me).toMatchObject({ signedIn: null, grants: [] })
    expect((await meBy(stolen)).me.personId).not.toBe(person.personId)
    await line.next('access:revoked', ({ reason }) => reason === 'signed_out', 1_000)
    await expect.poll(() => line.socket.connected).toBe(false)
    expect(await knock({ cookie: stolen })).toBe('unauthenticated')
    expect(person.cookie).toBe(anonymous(person))
    const after = await person.get<Me>('/api/me')
    expect([after.signedIn, after.grants, after.personId === person.personId]).toEqual([null, [], false])
    await person.send('POST', '/api/sign-out', {})
  })

  test('leaves others of the same person signed in', async () => {
    const person = await createPerson(server.url, { link: server.links.host })
    await person.send('POST', '/api/sign-out', {})
    expect((await opened.host.person.get<Me>('/api/me')).signedIn).toBe('link')
  })
})

describe('links', () => {
  const act = (link: SignInLink, body: unknown) => opened.host.person.send<SignInLink[]>('PUT', `/api/sessions/${opened.sessionId}/links/${link.id}`, body)

  test('of a guest are held by one device at a time, and the desk is told of every other', async () => {
    const own = await openSession(server, 'live')
    const link = (await own.host.person.get<SignInLink[]>(`/api/sessions/${own.sessionId}/links`)).find(({ role }) => role === 'guest')!
    const guest = await own.join('guest')
    const thief = await createPerson(server.url)
    const open = (move: boolean) => thief.send('POST', '/api/links/open', { token: tokenOf(link), move })
    await own.host.request('session:join', { sessionId: own.sessionId, as: 'desk', since: null })
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(open(false)).rejects.toMatchObject({ refusal: { code: 'link_in_use', current: { name: link.name, role: 'guest', device: '', since: expect.any(String) as string } } })
    }
    const told = await own.host.next('session:events', ({ events }) => events.some(({ type }) => type === 'link_alarms'))
    expect(told.events).toMatchObject([{ type: 'link_alarms', alarms: [{ linkId: link.id, kind: 'refused', name: link.name }] }])
    expect((await guest.person.get<Me>('/api/me')).grants).toMatchObject([{ role: 'guest' }])

    await open(true)
    await guest.next('access:revoked', ({ reason }) => reason === 'moved', 1_000)
    expect((await guest.person.get<Me>('/api/me')).grants).toEqual([])
    expect((await thief.get<Me>('/api/me')).grants).toMatchObject([{ role: 'guest' }])
    const { snapshot } = await own.host.request('session:join', { sessionId: own.sessionId, as: 'desk', since: null })
    expect(snapshot?.moderation?.alarms.map(({ kind }) => kind)).toEqual(['refused', 'moved'])

    const links = await own.host.person.send<SignInLink[]>('PUT', `/api/sessions/${own.sessionId}/links/${link.id}`, { action: 'seen' })
    expect(links.find(({ id }) => id === link.id)?.uses.map(({ kind }) => kind)).toEqual(['moved', 'refused', 'opened'])
    await own.host.next('session:events', ({ events }) => events.some((event) => event.type === 'link_alarms' && event.alarms.length === 0))
    // Once signed out, the next device is no alarm.
    await thief.send('POST', '/api/sign-out', {})
    await guest.person.send('POST', '/api/links/open', { token: tokenOf(link), move: false })
    const alarms = async () => (await own.host.request('session:join', { sessionId: own.sessionId, as: 'desk', since: null })).snapshot?.moderation?.alarms
    expect(await alarms()).toEqual([])
    // Two devices that take it from one another all the time: the desk is told of the last, and all are seen at once.
    const [one, two] = [await createPerson(server.url), await createPerson(server.url)]
    for (let turn = 0; turn < 27; turn++) for (const person of [one, two]) await person.signIn(link.url)
    expect(await alarms()).toHaveLength(50)
    await own.host.person.send('PUT', `/api/sessions/${own.sessionId}/links/${link.id}`, { action: 'seen' })
    expect(await alarms()).toEqual([])
  })

  test('of others may be opened on several devices, and twice on one', async () => {
    const link = await linkFor('moderator')
    const [one, other] = [await createPerson(server.url, { link: link.url }), await createPerson(server.url, { link: link.url })]
    const before = other.cookie
    await other.signIn(link.url)
    expect(other.cookie).toBe(before)
    for (const person of [one, other]) expect((await person.get<Me>('/api/me')).grants).toMatchObject([{ id: link.id }])
  })

  test('are void once renewed, revoked or past their time, for whoever holds them as for whoever kept the address', async () => {
    for (const body of [{ action: 'renew' }, { action: 'expire', at: '2026-01-01T00:00:00.000Z' }, { action: 'revoke' }]) {
      const links = await opened.host.person.send<SignInLink[]>('POST', `/api/sessions/${opened.sessionId}/links`, { id: randomUUID(), role: 'moderator', name: '值班' })
      const link = links.findLast(({ name }) => name === '值班')!
      const person = await createPerson(server.url, { link: link.url })
      const line = await client(server.url, { person })
      await line.request('session:join', { sessionId: opened.sessionId, as: 'desk', since: null })
      const after = await act(link, body)
      expect((await person.get<Me>('/api/me')).grants, body.action).toEqual([])
      await line.next('access:revoked', ({ reason }) => reason === 'revoked', 1_000)
      await expect(createPerson(server.url, { link: link.url }), body.action).rejects.toMatchObject({ refusal: { code: 'link_invalid' } })
      const now = after.find(({ id }) => id === link.id)
      if (body.action === 'renew') expect((await createPerson(server.url, { link: now!.url }).then((who) => who.get<Me>('/api/me'))).grants).toMatchObject([{ id: link.id }])
      if (body.action === 'expire') expect(now?.expired).toBe(true)
      if (body.action === 'revoke') expect(now).toBeUndefined()
      if (body.action !== 'revoke') await act(link, { action: 'revoke' })
    }
  })

  test('that end by themselves cut whoever holds them', async () => {
    const links = await opened.host.person.send<SignInLink[]>('POST', `/api/sessions/${opened.sessionId}/links`, { id: randomUUID(), role: 'director', name: '导播' })
    const link = links.find(({ role }) => role === 'director')!
    const person = await createPerson(server.url, { link: link.url })
    const line = await client(server.url, { person })
    await act(link, { action: 'expire', at: new Date(Date.now() + 1_500).toISOString() })
    expect((await person.get<Me>('/api/me')).grants).toMatchObject([{ role: 'director' }])
    await line.next('access:revoked', ({ reason }) => reason === 'revoked', 3_000)
    expect((await person.get<Me>('/api/me')).grants).toEqual([])
  })

  test('of a guest who is still invited are made anew after they were revoked', async () => {
    const own = await openSession(server, 'announced')
    const path = `/api/sessions/${own.sessionId}/links`
    const guestsLinks = (links: SignInLink[]) => links.filter(({ role }) => role === 'guest')
    const [link] = guestsLinks(await own.host.person.get<SignInLink[]>(path))
    const send = async (body: unknown) => guestsLinks(await own.host.person.send<SignInLink[]>('PUT', `${path}/${link!.id}`, body))
    const guest = await createPerson(server.url, { link: link!.url })
    expect(await send({ action: 'revoke' })).toMatchObject([{ id: link!.id, revoked: true, holder: null }])
    for (const body of [{ action: 'revoke' }, { action: 'seen' }, { action: 'expire', at: null }]) await expect(send(body)).rejects.toMatchObject({ refusal: { code: 'not_found' } })
    expect(guestsLinks(await own.host.person.get<SignInLink[]>(path))).toHaveLength(1)

    const [renewed] = await send({ action: 'renew' })
    expect(renewed).toMatchObject({ id: link!.id, revoked: false, expired: false })
    await expect(createPerson(server.url, { link: link!.url })).rejects.toMatchObject({ refusal: { code: 'link_invalid' } })
    expect((await guest.get<Me>('/api/me')).grants).toEqual([])
    expect((await (await createPerson(server.url, { link: renewed!.url })).get<Me>('/api/me')).grants).toMatchObject([{ id: link!.id, role: 'guest' }])

    // Saved anew, the session has a link for the guest already, and of whoever is no guest any more none comes back.
    await send({ action: 'revoke' })
    const { id: _id, phase: _phase, version, wentLiveAt: _live, endedAt: _ended, createdAt: _at, intake: _intake, seal: _seal, announcement: _announcement, attendance: _attendance, ...input } = own.session
    const saved = await own.host.person.send<SessionView>('PUT', `/api/sessions/${own.sessionId}`, { ...input, expectedVersion: version })
    const links = guestsLinks(await own.host.person.get<SignInLink[]>(path))
    expect(links).toMatchObject([{ guestId: link!.guestId, revoked: false }])
    expect(links[0]!.id).not.toBe(link!.id)
    await expect(send({ action: 'renew' })).rejects.toMatchObject({ refusal: { code: 'not_found' } })
    await own.host.person.send('PUT', `/api/sessions/${own.sessionId}`, { ...input, guests: [], expectedVersion: saved.version })
    expect(guestsLinks(await own.host.person.get<SignInLink[]>(path))).toEqual([])
  })

  test('of the release before, which name no generation, serve until they are renewed', async () => {
    const links = await opened.host.person.send<SignInLink[]>('POST', `/api/sessions/${opened.sessionId}/links`, { id: randomUUID(), role: 'recorder', name: '' })
    const link = links.find(({ role }) => role === 'recorder')!
    const old = `${server.url}/in/${createSigner(readFileSync(join(server.dataDir, 'secret'), 'utf8').trim()).sign('link', link.id)}`
    expect(await createPerson(server.url, { link: old }).then((person) => person.get<Me>('/api/me'))).toMatchObject({ grants: [{ id: link.id }] })
    await act(link, { action: 'renew' })
    await expect(createPerson(server.url, { link: old })).rejects.toMatchObject({ refusal: { code: 'link_invalid' } })
  })

  test('are nobody’s to touch but the hosts’ of their own session', async () => {
    const other = await openSession(server, 'announced')
    const [link] = await other.host.person.get<SignInLink[]>(`/api/sessions/${other.sessionId}/links`)
    const host = await opened.join('host')
    for (const body of [{ action: 'renew' }, { action: 'revoke' }, { action: 'seen' }, { action: 'expire', at: null }]) {
      await expect(host.person.send('PUT', `/api/sessions/${other.sessionId}/links/${link!.id}`, body)).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
      await expect(host.person.send('PUT', `/api/sessions/${opened.sessionId}/links/${link!.id}`, body)).rejects.toMatchObject({ refusal: { code: 'not_found' } })
    }
    await expect(host.person.send('POST', `/api/sessions/${opened.sessionId}/links`, { id: link!.id, role: 'host', name: '' })).rejects.toMatchObject({ refusal: { code: 'stale' } })
    // The installation's own links are no session's.
    await expect(host.person.send('PUT', `/api/sessions/${opened.sessionId}/links/00000000-0000-4000-8000-000000000001`, { action: 'renew' })).rejects.toMatchObject({ refusal: { code: 'not_found' } })
  })

  test('lead to a page that nobody keeps and that does not say where it leads from', async () => {
    const response = await fetch(server.links.host)
    expect([response.headers.get('cache-control'), response.headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer'])
    expect(response.headers.getSetCookie()).toEqual([])
  })
})

test.each([
  [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
  [{ 'Sec-Fetch-Site': 'same-site' }, 403],
  [{ Origin: 'https://evil.example' }, 403],
  [{ 'Sec-Fetch-Site': 'same-origin' }, 200],
])('another site signs nobody out: %o', async (headers, status) => {
  const person = await createPerson(server.url, { link: server.links.host })
  expect((await person.fetch('/api/sign-out', { method: 'POST', headers })).status).toBe(status)
  expect((await person.get<Me>('/api/me')).signedIn).toBe(status === 403 ? 'link' : null)
})
