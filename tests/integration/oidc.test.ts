import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createProviders } from '../../server/residents/provider.ts'
import type { Me, SignInLink } from '../../shared/accounts.ts'
import type { LookedUp, PersonalData } from '../../shared/identity.ts'
import { client } from '../support/client.ts'
import { refusalOf } from '../support/desk.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { operator, setSetting } from '../support/identity.ts'
import { CLIENT, signInAt, startOidcProvider } from '../support/oidcProvider.ts'
import type { OidcProvider } from '../support/oidcProvider.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

const NAME = '省政务服务网'
const BACK = '/s/demo000001?tab=chat'

let server: TestServer
let admin: Person
let provider: OidcProvider
let dead: OidcProvider

const providerOf = (id: string, issuer: string, over = {}) => ({ id, name: NAME, issuer, clientId: CLIENT.id, secret: CLIENT.secret, ...over })

beforeAll(async () => {
  server = await startServer()
  const callback = (id: string) => `${server.url}/api/me/oidc/${id}/callback`
  provider = await startOidcProvider([callback('gov')])
  dead = await startOidcProvider([callback('dead')])
  admin = await operator(server)
  const providers = [providerOf('gov', provider.issuer), providerOf('dead', dead.issuer), providerOf('wrong', provider.issuer, { secret: 'not the one', id: 'wrong' })]
  await setSetting(admin, 'identity', { sms: { kind: 'off' }, providers })
  await dead.stop()
})

/** Where this person's browser is led from here. */
async function led(person: Person, path: string): Promise<string> {
  const response = await person.fetch(path)
  expect(response.status).toBe(303)
  return response.headers.get('location') ?? ''
}
const begin = (person: Person, back = BACK, id = 'gov') => led(person, `/api/me/oidc/${id}?back=${encodeURIComponent(back)}`)
/** From here to the provider and back, until just before our own callback. */
const away = async (person: Person, login: string | null, back = BACK) => (await signInAt(provider.issuer, await begin(person, back), login)).replace(server.url, '')
const signIn = async (person: Person, login: string, back = BACK) => led(person, await away(person, login, back))
const me = (person: Person) => person.get<Me>('/api/me')

describe('signing in with a provider', () => {
  it('asks for a code, with state, nonce and PKCE', async () => {
    const url = new URL(await begin(await createPerson(server.url)))
    expect(url.href.startsWith(provider.issuer)).toBe(true)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ response_type: 'code', client_id: CLIENT.id, code_challenge_method: 'S256', redirect_uri: `${server.url}/api/me/oidc/gov/callback` })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(url.searchParams.get(name)?.length).toBeGreaterThan(20)
    expect(url.searchParams.get('scope')?.split(' ')).toEqual(expect.arrayContaining(['openid', 'profile', 'phone']))
  })

  it('makes a resident known, signs them in, and leads back to where they were', async () => {
    const person = await createPerson(server.url)
    expect(await signIn(person, 'zhang')).toBe(BACK)
    expect(await me(person)).toMatchObject({ personId: person.personId, signedIn: 'resident', verified: [{ method: 'oidc', hint: NAME }] })
    const { kept } = (await (await person.fetch('/api/me/data')).json()) as PersonalData
    expect(kept['verifications']).toMatchObject([{ provider: 'gov', identity: { method: 'oidc', issuer: provider.issuer, sub: 'zhang', name: 'zhang先生', phone: '13812345678' } }])
  })

  it('makes the same person of the same account in another browser', async () => {
    const [first, second] = [await createPerson(server.url), await createPerson(server.url)]
    await signIn(first, 'li')
    await signIn(second, 'li')
    expect((await me(second)).personId).toBe(first.personId)
    expect((await me(second)).signedIn).toBe('resident')
  })

  it('leaves whoever came by a link who they are, and does not give them another’s identity', async () => {
    const host = await createPerson(server.url, { link: server.links.host })
    const before = await me(host)
    expect(await signIn(host, 'host')).toBe(BACK)
    expect(await me(host)).toMatchObject({ personId: before.personId, signedIn: 'link', verified: [{ method: 'oidc' }] })
    await signIn(await createPerson(server.url), 'somebody')
    expect(await signIn(host, 'somebody')).toBe('/s/demo000001?tab=chat&refused=taken')
    expect((await me(host)).personId).toBe(before.personId)
  })

  it('gives what a link stands for to the browser that opened it, and to no other of the same resident', async () => {
    const [first, second, third] = await Promise.all([createPerson(server.url), createPerson(server.url), createPerson(server.url)])
    for (const person of [first, second]) await signIn(person, 'guest')
    const { sessionId, host } = await openSession(server, 'live', {})
    const links = await host.person.get<SignInLink[]>(`/api/sessions/${sessionId}/links`)
    const line = await client(server.url, { person: second })
    await first.signIn(links.find(({ role }) => role === 'guest')!.url)
    await line.next('access:revoked', ({ reason }) => reason === 'changed')
    expect(await me(first)).toMatchObject({ personId: first.personId, signedIn: 'resident', grants: [{ role: 'guest' }] })
    expect(await me(second)).toMatchObject({ signedIn: null, grants: [] })
    // A provider’s word is no link.
    expect(await signIn(third, 'guest')).toBe('/s/demo000001?tab=chat&refused=taken')
    expect((await me(third)).grants).toEqual([])
  })

  it('lets whoever is known take part, and an administrator look up who it was', async () => {
    const { sessionId } = await openSession(server, 'live', {})
    const person = await createPerson(server.url)
    await signIn(person, 'wang')
    const socket = await client(server.url, { person })
    const { question } = await socket.request('question:submit', questionInput(sessionId))
    const found = await admin.send<LookedUp>('POST', '/api/admin/look-ups', { sessionId, subject: 'question', id: question.id, reason: '公安机关依法调取' })
    expect(found).toMatchObject({ text: question.originalText, verified: [{ method: 'oidc', provider: 'gov', identity: `wang先生 · 13812345678 · wang (${provider.issuer})` }], network: { address: '127.0.0.1' } })
  })
})

describe('what comes back from a provider', () => {
  const refused = (reason: string) => `/s/demo000001?tab=chat&refused=${reason}`

  it('is refused with another state', async () => {
    const person = await createPerson(server.url)
    const callback = new URL(await away(person, 'chen'), server.url)
    callback.searchParams.set('state', 'another')
    expect(await led(person, callback.pathname + callback.search)).toBe(refused('code_invalid'))
    expect((await me(person)).signedIn).toBeNull()
  })

  it('serves once, in the same browser and with its cookie kept', async () => {
    const person = await createPerson(server.url)
    const callback = await away(person, 'liu')
    const cookie = person.cookie
    expect(await led(person, callback)).toBe(BACK)
    expect(await led(person, callback)).toBe('/me?refused=code_invalid')
    // Whoever kept the cookie of before: the provider has given this code once.
    const again = await fetch(server.url + callback, { redirect: 'manual', headers: { Cookie: cookie } })
    expect(again.headers.get('location')).toBe(refused('code_invalid'))
    expect(again.headers.getSetCookie().some((set) => set.startsWith('fangtan-in=') && !set.includes('Max-Age=0'))).toBe(false)
  })

  it('says nothing in another browser', async () => {
    const [person, victim] = [await createPerson(server.url), await createPerson(server.url)]
    const callback = await away(person, 'attacker')
    expect(await led(victim, callback)).toBe('/me?refused=code_invalid')
    await begin(victim)
    expect(await led(victim, callback)).toBe(refused('code_invalid'))
    expect((await me(victim)).signedIn).toBeNull()
  })

  it('does not pass for another provider’s answer', async () => {
    const person = await createPerson(server.url)
    expect(await led(person, (await away(person, 'mix')).replace('/gov/', '/dead/'))).toBe(refused('code_invalid'))
  })

  it('may be that somebody would rather not', async () => {
    const person = await createPerson(server.url)
    expect(await led(person, await away(person, null))).toBe(refused('cancelled'))
  })

  it.each(['', '?code=x', '?state=x', '?error=server_error', '?code=%00&state=%00'])('leads home from a callback with %j', async (search) => {
    expect(await led(await createPerson(server.url), `/api/me/oidc/gov/callback${search}`)).toBe('/me?refused=code_invalid')
  })
})

describe('what cannot work', () => {
  it.each([
    ['a provider that is down', 'dead', 'gateway_failed'],
    ['one that nobody set up', 'unknown', 'not_found'],
    ['what is no name of one', 'UP..', 'invalid_input'],
  ])('%s leads back and says so', async (_name, id, reason) => {
    expect(await begin(await createPerson(server.url), '/s/abc', id)).toBe(`/s/abc?refused=${reason}`)
  })

  it.each(['//evil.example', 'https://evil.example/', '/\\evil.example', 'x'])('a way back to %j leads to nobody else', async (back) => {
    const person = await createPerson(server.url)
    expect(await led(person, (await signInAt(provider.issuer, await begin(person, back), 'back')).replace(server.url, ''))).toBe('/me')
  })

  it('is a provider without TLS, in production', async () => {
    const failed = vi.fn()
    const strict = createProviders({ plainHttp: false, now: Date.now, failed })
    expect(await refusalOf(strict.begin(providerOf('gov', provider.issuer), `${server.url}/api/me/oidc/gov/callback`))).toEqual({ code: 'gateway_failed' })
    expect(failed).toHaveBeenCalledWith('gov', new Error('an issuer without TLS'))
  })

  it('is somebody who has not agreed, where a notice is published', async () => {
    await setSetting(admin, 'privacy', { 'zh-CN': '我们这样对待您的信息。', en: 'This is how we treat your information.' })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect(await begin(await createPerson(server.url), '/me')).toBe('/me?refused=consent_required')
  })
})
