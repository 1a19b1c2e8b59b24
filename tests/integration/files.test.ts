import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { client } from '../support/client.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const SCRIPT = '<script>parent.alert(1)</script>'

let host: Person
let opened: OpenedSession
const pictures: string[] = []
beforeAll(async () => {
  const server = await startServer()
  host = await createPerson(server.url, { link: server.links.host })
  opened = await openSession(server, 'live', { title: SCRIPT, introduction: SCRIPT })
  const asker = await client(server.url)
  await asker.request('question:submit', { ...questionInput(opened.sessionId, SCRIPT), name: '=cmd' })
  const body = Buffer.from(await sharp({ create: { width: 20, height: 20, channels: 3, background: '#789' } }).png().toBuffer())
  for (const query of ['', `?session=${opened.sessionId}`]) {
    const answer = await host.fetch(`/api/pictures${query}`, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body })
    pictures.push(((await answer.json()) as { data: { id: string } }).data.id)
  }
})

/** Whatever a browser takes it for, it runs nothing, loads nothing, and is no page of ours. */
function expectHarmless({ headers }: Response): void {
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
}

test('pictures run nothing, and are called what they are', async () => {
  for (const id of pictures) {
    const answer = await host.fetch(`/api/pictures/${id}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
    expectHarmless(answer)
  }
})

test.each([
  ['questions.csv', 'text/csv; charset=utf-8'],
  ['questions.json', 'application/json; charset=utf-8'],
  ['outcomes.csv', 'text/csv; charset=utf-8'],
  ['ledger', 'application/json; charset=utf-8'],
  ['calendar.ics', 'text/calendar; charset=utf-8'],
])('%s is a file to be kept', async (file, type) => {
  const answer = await host.fetch(`/api/sessions/${opened.sessionId}/${file}`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="?[\w.-]+"?$/)
  expectHarmless(answer)
})

test('the log of acts is one, too', async () => {
  const answer = await host.fetch('/api/admin/audit.csv')
  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, expect.stringMatching(/^attachment; filename="?audit.csv"?$/)])
  expectHarmless(answer)
  expect(await answer.text()).toContain(SCRIPT)
})

test('what is no picture is not kept, whatever it says it is', async () => {
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`)
  for (const type of ['image/png', 'image/svg+xml', 'text/html']) {
    const answer = await host.fetch('/api/pictures', { method: 'POST', headers: { 'Content-Type': type }, body: svg })
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([400, 'invalid_input'])
  }
  expect((await host.fetch(`/api/pictures/${randomUUID()}`)).status).toBe(404)
})
