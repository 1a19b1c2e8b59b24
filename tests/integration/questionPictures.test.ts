import { get } from 'node:http'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { client } from '../support/client.ts'
import type { TestClient } from '../support/client.ts'
import { newSessionId, openSession, questionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

let server: TestServer
let opened: OpenedSession
let photo: Buffer<ArrayBuffer>
beforeAll(async () => {
  server = await startServer()
  opened = await openSession(server)
  photo = Buffer.from(
    await sharp({ create: { width: 2_400, height: 1_200, channels: 3, background: '#789' } })
      .withExif({ IFD0: { Copyright: 'somebody', Make: 'CameraMaker' }, IFD3: { GPSLatitude: '27/1 50/1 0/1' } })
      .jpeg()
      .toBuffer(),
  )
})

const upload = (person: Person, sessionId = opened.sessionId, body: Buffer<ArrayBuffer> = photo) =>
  person.fetch(`/api/pictures?session=${sessionId}`, { method: 'POST', headers: { 'Content-Type': 'image/jpeg' }, body })
async function idOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { data: { id: string } }).data.id
}
const refused = async (answer: Response) => [answer.status, ((await answer.json()) as { error: { code: ErrorCode } }).error.code] as const
const look = (person: Person, id: string) => person.fetch(`/api/pictures/${id}`)

/** As a browser asks for what it has; `fetch` adds that it wants nothing from a cache. */
function askAgain(person: Person, id: string, etag: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${server.url}/api/pictures/${id}`, { headers: { Cookie: person.cookie, 'If-None-Match': etag } }, (response) => (response.resume(), resolve(response.statusCode))).on('error', reject)
  })
}

const newcomer = (): Promise<TestClient> => client(server.url)

test('a picture is made smaller and keeps nothing but its pixels', async () => {
  const { person } = await newcomer()
  const found = await look(person, await idOf(await upload(person)))
  const bytes = Buffer.from(await found.arrayBuffer())
  expect(found.headers.get('content-type')).toBe('image/webp')
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 1_600, height: 800, format: 'webp' })
  expect((await sharp(bytes).metadata()).exif).toBeUndefined()
  expect(bytes.toString('latin1')).not.toMatch(/CameraMaker|somebody/)
})

test('until its question is public, its owner and the desk alone see it; with the question it goes', async () => {
  const asker = await newcomer()
  const stranger = await createPerson(server.url)
  const moderator = await opened.join('moderator')
  const pictureId = await idOf(await upload(asker.person))
  const { question } = await asker.request('question:submit', { ...questionInput(opened.sessionId), pictureId })
  expect(question.pictureId).toBe(pictureId)
  const statuses = async () => Promise.all([asker.person, moderator.person, opened.host.person, stranger].map(async (person) => (await look(person, pictureId)).status))
  expect(await statuses()).toEqual([200, 200, 200, 404])
  const target = { sessionId: opened.sessionId, questionId: question.id }
  await opened.host.request('question:act', { ...target, action: 'approve', expectedVersion: 1 })
  expect(await statuses()).toEqual([200, 200, 200, 200])
  const shown = await look(stranger, pictureId)
  expect(shown.headers.get('cache-control')).toBe('private, no-cache')
  expect(await askAgain(stranger, pictureId, shown.headers.get('etag') ?? '')).toBe(304)
  await opened.host.request('question:act', { ...target, action: 'take_back', expectedVersion: 2 })
  expect(await statuses()).toEqual([200, 200, 200, 404])
  await asker.request('question:act', { ...target, action: 'withdraw', expectedVersion: 3 })
  expect(await statuses()).toEqual([404, 404, 404, 404])
})

test('a question takes only a picture of its asker’s own, of its own session, that no other shows', async () => {
  const [asker, thief] = [await newcomer(), await newcomer()]
  const elsewhere = await openSession(server)
  const pictureId = await idOf(await upload(asker.person))
  expect(await thief.refused('question:submit', { ...questionInput(opened.sessionId), pictureId })).toEqual({ code: 'not_found' })
  expect(await asker.refused('question:submit', { ...questionInput(elsewhere.sessionId), pictureId })).toEqual({ code: 'not_found' })
  const { question } = await asker.request('question:submit', { ...questionInput(opened.sessionId), pictureId })
  expect(await asker.refused('question:submit', { ...questionInput(opened.sessionId), pictureId })).toEqual({ code: 'not_found' })
  const revise = { sessionId: opened.sessionId, questionId: question.id, action: 'revise', text: '换一张', topicId: null } as const
  await asker.request('question:act', { ...revise, pictureId, expectedVersion: 1 })
  const other = await idOf(await upload(asker.person))
  await asker.request('question:act', { ...revise, pictureId: other, expectedVersion: 2 })
  expect([(await look(asker.person, pictureId)).status, (await look(asker.person, other)).status]).toEqual([404, 200])
  // A portrait is nobody's question.
  const portrait = await idOf(await opened.host.person.fetch('/api/pictures', { method: 'POST', headers: { 'Content-Type': 'image/jpeg' }, body: photo }))
  expect(await opened.host.refused('question:submit', { ...questionInput(opened.sessionId), pictureId: portrait })).toEqual({ code: 'not_found' })
})

test('what is no picture, of no session, after the end, or too many are refused', async () => {
  const person = await createPerson(server.url, { address: '198.51.100.77' })
  expect(await refused(await upload(person, newSessionId()))).toEqual([404, 'not_found'])
  expect(await refused(await upload(person, 'X'))).toEqual([400, 'invalid_input'])
  expect(await refused(await upload(person, opened.sessionId, Buffer.from('<svg/>')))).toEqual([400, 'invalid_input'])
  expect(await refused(await upload(person, (await openSession(server, 'ended')).sessionId))).toEqual([409, 'closed'])
  expect(await refused(await person.fetch(`/api/pictures?session=${opened.sessionId}&x=1`, { method: 'POST', headers: { 'Content-Type': 'image/jpeg' }, body: photo }))).toEqual([400, 'invalid_input'])
  const small = Buffer.from(await sharp({ create: { width: 2, height: 2, channels: 3, background: '#000' } }).jpeg().toBuffer())
  const statuses = []
  for (let count = 0; count < 11; count++) statuses.push((await upload(person, opened.sessionId, small)).status)
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(10)
  expect(await refused(await upload(person, opened.sessionId, small))).toEqual([429, 'rate_limited'])
})
