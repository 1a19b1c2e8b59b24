import { beforeAll, describe, expect, test } from 'vitest'
import type { Me, SignInLink } from '../../shared/accounts.ts'
import { client } from '../support/client.ts'
import { openSession } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import { startPostgres } from '../support/postgres.ts'
import type { Postgres } from '../support/postgresServer.ts'
import { startRedis } from '../support/redis.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { cameraParameters, microphoneParameters } from './mediaSupport.ts'

const WITHIN_MS = 1_000

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})

describe.each(['with Redis', 'without Redis'])('over two processes %s, a right is lost within a second under an open connection:', (how) => {
  let a: TestServer
  let b: TestServer
  beforeAll(async () => {
    const env = { DATABASE_URL: await postgres.createDatabase(), SECRET: 'the same for both processes', ...(how === 'with Redis' ? { REDIS_URL: (await startRedis()).url } : {}) }
    ;[a, b] = await Promise.all([startServer({ env }), startServer({ env })])
  })

  /** A session of `a`, and somebody with the desk open on `b`, in by the moderator's link. */
  async function open() {
    const { sessionId, session, host } = await openSession(a)
    const links = await host.person.get<SignInLink[]>(`/api/sessions/${sessionId}/links`)
    const link = (role: string) => links.find((candidate) => candidate.role === role)!
    const come = async (role: string) => {
      const person = await createPerson(b.url, { link: link(role).url })
      return client(b.url, { person })
    }
    const desk = await come('moderator')
    await desk.request('session:join', { sessionId, as: 'desk', since: null })
    return { sessionId, session, host, link, come, desk, path: `/api/sessions/${sessionId}` }
  }

  test('a link that is revoked or renewed', async () => {
    const { sessionId, host, link, desk, path, come } = await open()
    const other = await come('host')
    await host.person.send('PUT', `${path}/links/${link('moderator').id}`, { action: 'revoke' })
    await desk.next('access:revoked', ({ reason }) => reason === 'revoked', WITHIN_MS)
    await expect.poll(() => desk.socket.connected).toBe(false)
    const back = await client(b.url, { person: desk.person })
    expect((await back.refused('session:join', { sessionId, as: 'desk', since: null })).code).toBe('forbidden')
    expect((await desk.person.get<Me>('/api/me')).grants).toEqual([])

    await host.person.send('PUT', `${path}/links/${link('host').id}`, { action: 'renew' })
    await other.next('access:revoked', ({ reason }) => reason === 'revoked', WITHIN_MS)
  })

  test('a guest who is no longer invited', async () => {
    const { session, host, come, path } = await open()
    const guest = await come('guest')
    const { id: _id, phase: _phase, version, wentLiveAt: _live, endedAt: _ended, createdAt: _at, intake: _intake, seal: _seal, announcement: _announcement, attendance: _attendance, ...input } = session
    await host.person.send('PUT', path, { ...input, guests: [], expectedVersion: version })
    await guest.next('access:revoked', ({ reason }) => reason === 'revoked', WITHIN_MS)
    expect((await guest.person.get<Me>('/api/me')).grants).toEqual([])
  })

  test('a guest’s link that is taken over on the other process', async () => {
    const { link, come } = await open()
    const guest = await come('guest')
    await createPerson(a.url, { link: link('guest').url })
    await guest.next('access:revoked', ({ reason }) => reason === 'moved', WITHIN_MS)
  })

  test('a browser that is signed out, and no other of the same person', async () => {
    const { desk, sessionId } = await open()
    const resident = await client(b.url)
    await desk.person.fetch('/api/sign-out', { method: 'POST' })
    await desk.next('access:revoked', ({ reason }) => reason === 'signed_out', WITHIN_MS)
    expect(await resident.request('session:join', { sessionId, as: 'participant', since: null })).toMatchObject({ seq: expect.any(Number) as number })
    expect(resident.received('access:revoked')).toEqual([])
  })

  test('an anonymous connection whose browser opens a link on the other process', async () => {
    const { link } = await open()
    const person = await createPerson(a.url)
    const line = await client(b.url, { person })
    await person.signIn(link('moderator').url)
    await line.next('access:revoked', ({ reason }) => reason === 'changed', WITHIN_MS)
    // The cookie from before says nothing on either process any more.
    const old = person.cookie.split('; ')[0] ?? ''
    for (const { url } of [a, b]) await expect(client(url, { person: { ...person, cookie: old } })).rejects.toMatchObject({ data: { code: 'unauthenticated' } })
  })
})

test('picture and sound of whoever loses their seat end with it', async () => {
  const server = await startServer({ media: true })
  const { sessionId, session, host, join } = await openSession(server, 'live')
  const guest = await join('guest')
  await host.request('stage:admit', { sessionId, seatId: session.guests[0]!.id, onAir: true })
  await guest.request('media:join', { sessionId, audience: 'backstage' })
  const { id: transportId } = await guest.request('media:transport', { sessionId, direction: 'send' })
  await guest.request('media:produce', { sessionId, transportId, source: 'camera', rtpParameters: cameraParameters(), paused: false })
  const viewer = await client(server.url)
  const { stage } = await viewer.request('media:join', { sessionId, audience: 'viewer' })
  expect(stage.peers).toMatchObject([{ name: session.guests[0]!.name, producers: [{ source: 'camera' }] }])

  const links = await host.person.get<SignInLink[]>(`/api/sessions/${sessionId}/links`)
  await host.person.send('PUT', `/api/sessions/${sessionId}/links/${links.find(({ role }) => role === 'guest')!.id}`, { action: 'renew' })
  await viewer.next('media:stage', (message) => message.stage.peers.length === 0, WITHIN_MS)
  await expect(guest.request('media:produce', { sessionId, transportId, source: 'microphone', rtpParameters: microphoneParameters(), paused: false })).rejects.toMatchObject({ refusal: { code: 'offline' } })
})
