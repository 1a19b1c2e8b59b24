import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Me, SignInLink, TeamMember } from '../../shared/accounts.ts'
import { OPERATIONS } from '../../server/api/operations.ts'
import type { Operation } from '../../server/api/operation.ts'
import type { InvitationMade } from '../../shared/staff.ts'
import { client } from '../support/client.ts'
import { exampleOf } from '../support/example.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { downloadLedger } from '../support/ledger.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

let server: TestServer
let opened: OpenedSession
let administrator: Person
/** The same, from another network address: what is looked at after each try would use up one share of requests. */
let looking: Person
/** Who must not get anywhere with identifiers that are not theirs, by name. */
const strangers = new Map<string, Person>()
/** Real identifiers, by the route that they are handed to. A route with an identifier that is not here fails the test. */
let ids: { match: RegExp; params: Record<string, string> }[]

const PASSWORD = 'seven mountains and a river'

/** Makes an account by invitation, as people do. */
async function account(role: string, username: string): Promise<Person> {
  const made = await administrator.send<InvitationMade>('POST', '/api/admin/invitations', { id: randomUUID(), name: username, role, departmentId: null })
  const person = await createPerson(server.url)
  await person.send('POST', '/api/invitations/accept', { token: new URL(made.url).pathname.split('/').at(-1), username, name: username, password: PASSWORD })
  return person
}

beforeAll(async () => {
  server = await startServer()
  opened = await openSession(server, 'live', { kind: 'symposium' })
  administrator = opened.host.person
  looking = await createPerson(server.url, { link: server.links.host, address: '198.51.100.9' })
  const { sessionId } = opened
  const resident = await client(server.url)
  const { question } = await resident.request('question:submit', questionInput(sessionId))
  const links = await administrator.get<SignInLink[]>(`/api/sessions/${sessionId}/links`)
  const webhook = randomUUID()
  await administrator.send('POST', '/api/webhooks', { id: webhook, url: 'https://receiver.example/hook', events: ['poll.closed'], active: false })
  const delivery = await administrator.send<{ id: string }>('POST', `/api/webhooks/${webhook}/test`, {})
  const department = randomUUID()
  await administrator.send('POST', '/api/admin/departments', { id: department, name: '交通局', code: 'traffic', duty: '', leader: '', verified: true })
  const [forum, attendeeId] = [randomUUID(), randomUUID()]
  await administrator.send('POST', '/api/admin/forums', { id: forum, name: '山城论坛', code: 'mountain', origins: [], contact: '王站长', members: 0 })
  await administrator.send('POST', `/api/sessions/${sessionId}/attendees`, { attendees: [{ id: attendeeId, name: '网民代表', forumId: forum, phone: null }] })
  const invited = await administrator.send<InvitationMade>('POST', '/api/admin/invitations', { id: randomUUID(), name: '新同事', role: 'staff', departmentId: null })
  const colleague = await account('staff', 'colleague')
  const { personId: colleagueId } = await colleague.get<Me>('/api/me')
  const { signIns } = await colleague.get<{ signIns: { id: string }[] }>('/api/account')
  const team = await administrator.send<TeamMember[]>('POST', `/api/sessions/${sessionId}/team`, { accountId: colleagueId, role: 'moderator' })
  ids = [
    { match: /^\/api\/sessions\/:id\/links\/:linkId/, params: { id: sessionId, linkId: links[0]?.id ?? '' } },
    { match: /^\/api\/sessions\/:id\/team\/:grantId/, params: { id: sessionId, grantId: team.find(({ accountId }) => accountId === colleagueId)?.grantId ?? '' } },
    { match: /^\/api\/sessions\/:id\/attendees\/:attendeeId$/, params: { id: sessionId, attendeeId } },
    { match: /^\/api\/(admin\/)?sessions\/:id(\/[a-z.-]+)*$/, params: { id: sessionId } },
    { match: /^\/api\/questions\/:receipt$/, params: { receipt: question.receipt } },
    { match: /^\/api\/pictures\/:id$/, params: { id: randomUUID() } },
    { match: /^\/api\/webhooks\/:id\/deliveries\/:deliveryId/, params: { id: webhook, deliveryId: delivery.id } },
    { match: /^\/api\/webhooks\/:id/, params: { id: webhook } },
    { match: /^\/api\/docs\/:file$/, params: { file: 'swagger-ui.css' } },
    { match: /^\/api\/account\/sign-ins\/:id$/, params: { id: signIns[0]?.id ?? '' } },
    { match: /^\/api\/admin\/people\/:id/, params: { id: colleagueId } },
    { match: /^\/api\/admin\/invitations\/:id/, params: { id: invited.invitation.id } },
    { match: /^\/api\/admin\/departments\/:id/, params: { id: department } },
    { match: /^\/api\/admin\/forums\/:id$/, params: { id: forum } },
    { match: /^\/api\/admin\/settings\/:key$/, params: { key: 'security' } },
    { match: /^\/api\/me\/oidc\/:provider/, params: { provider: 'county' } },
  ]
  const other = await openSession(server)
  strangers.set('nobody', await createPerson(server.url))
  for (const role of ['host', 'moderator', 'guest'] as const) strangers.set(`${role} of another session`, (await other.join(role)).person)
  strangers.set('officer', await account('officer', 'officer'))
  strangers.set('staff', await account('staff', 'somebodyelse'))
  await expectUntouched()
})

/** The address with real identifiers in it. @throws for a route that nobody gave identifiers for */
function addressOf(operation: Operation): string {
  if (!operation.path.includes(':')) return operation.path
  const known = ids.find(({ match }) => match.test(operation.path))
  if (!known) throw new Error(`${operation.path}: tests/integration/routes.test.ts needs a real identifier for it`)
  return operation.path.replaceAll(/:(\w+)/g, (_, name: string) => known.params[name] ?? '')
}

/** Where the example made from the schema does not do: what is asked for is then understood, and refused for nothing but the person. */
const BODIES: Record<string, unknown> = { '/api/admin/settings/:key': { expectedVersion: 0, value: { secondFactor: 'nobody' } } }
const bodyOf = ({ path, body }: Operation) => JSON.stringify(BODIES[path] ?? (body?.kind === 'json' ? exampleOf(body.schema) : null))

function queryOf({ query }: Operation): string {
  const entries = query === undefined ? [] : Object.entries(exampleOf(query) as Record<string, unknown>)
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString()}`
}

function call(person: Person, operation: Operation, address = addressOf(operation)): Promise<Response> {
  const { method, body } = operation
  const headers = body?.kind === 'binary' ? { 'Content-Type': body.types[0] ?? '' } : { 'Content-Type': 'application/json' }
  const content = body === undefined ? {} : { body: body.kind === 'json' ? bodyOf(operation) : 'x', headers }
  return person.fetch(address + queryOf(operation), { method: method.toUpperCase(), ...content })
}

/** What an outsider could have changed. */
async function whole() {
  const { snapshot } = await opened.host.request('session:join', { sessionId: opened.sessionId, as: 'desk', since: null })
  const read = ['links', 'team', 'attendance'].map((part) => `/api/sessions/${opened.sessionId}/${part}`)
  const admin = ['people', 'invitations', 'settings', 'forums'].map((part) => `/api/admin/${part}`)
  const parts = await Promise.all([...read, ...admin, '/api/departments', '/api/webhooks'].map((path) => looking.get<unknown>(path)))
  return { snapshot, parts, ledger: await downloadLedger(server.url, opened.sessionId) }
}

let untouched: unknown
/** Nothing of it has changed since the first look. */
async function expectUntouched() {
  const now = await whole()
  untouched ??= now
  expect(now).toEqual(untouched)
}

/** What these strangers may by their role on the installation. */
const ALLOWED: Record<string, readonly string[]> = { staff: ['session.create', 'people.view'], 'host of another session': ['people.view'] }

const GUARDED = OPERATIONS.filter(({ needs }) => needs !== null)

describe('every route that takes a permission', () => {
  test.each(GUARDED.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))('%s', async (name, operation) => {
    for (const [who, person] of strangers) {
      if (ALLOWED[who]?.includes(operation.needs ?? '')) continue
      const own = operation.needs === 'account' && ['staff', 'officer'].includes(who)
      // One's own account is one's own: an identifier in the path is somebody else's.
      if (own && !operation.path.includes(':')) continue
      const response = await call(person, operation)
      const text = await response.text()
      expect([401, 403, ...(own ? [404] : [])], `${who}: ${name} answered ${response.status} ${text.slice(0, 200)}`).toContain(response.status)
      expect(JSON.parse(text)).toMatchObject({ ok: false })
    }
    await expectUntouched()
  })
})

describe('every route with an identifier that is open to all', () => {
  test.each(OPERATIONS.filter(({ needs, path }) => needs === null && path.includes(':')).map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s gives away nothing of the desk, and changes nothing',
    async (_name, operation) => {
      for (const [who, person] of strangers) {
        const response = await call(person, operation)
        expect(response.status, who).toBeLessThan(500)
        const text = await response.text()
        // What only the desk, the asker or an administrator sees.
        for (const secret of ['"asker"', '"notes"', '"personId"', '"password"', '"totp', '"address"', 'whsec_']) expect(operation.path.includes('docs') ? '' : text, `${who} ${operation.path}`).not.toContain(secret)
      }
      await expectUntouched()
    },
  )
})

test('identifiers cannot be guessed, nor told apart from those that are not there', async () => {
  const nobody = strangers.get('nobody')
  if (!nobody) throw new Error('nobody is there')
  for (const operation of GUARDED.filter(({ path }) => path.includes(':'))) {
    const real = await call(nobody, operation)
    const elsewhere = operation.path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'key' ? 'security' : operation.path.includes('/sessions/') && name === 'id' ? 'nosuchone1' : randomUUID()))
    const invented = await call(nobody, operation, elsewhere)
    expect([operation.path, invented.status, await invented.text()]).toEqual([operation.path, real.status, await real.text()])
  }
})
