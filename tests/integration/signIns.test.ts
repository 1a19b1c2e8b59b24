import { describe, expect, test } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import { client } from '../support/client.ts'
import { openApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import { join, setUp } from '../support/staff.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

async function open(): Promise<TestApp & { host: Person; link: () => Promise<Person> }> {
  const opened = await openApp({ NODE_ENV: 'development', DEMONSTRATION: 'false' })
  await opened.app.core.operator.allow()
  const url = (await opened.app.core.links.address('00000000-0000-4000-8000-000000000001')) ?? ''
  const link = () => createPerson(opened.url, { link: url })
  return { ...opened, host: await link(), link }
}
const kind = async (person: Person) => (await person.get<Me>('/api/me')).signedIn
const by = async ({ url }: TestApp, cookie: string) => ((await (await fetch(`${url}/api/me`, { headers: { Cookie: cookie } })).json()) as { data: Me }).data

describe('a sign-in', () => {
  test('of the staff ends after twelve hours without use, and after a week in any case', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const idle = (await join(opened, admin.person, { username: 'idle' })).person
    const busy = (await join(opened, admin.person, { username: 'busy' })).person
    for (let hours = 0; hours < 12; hours += 4) {
      opened.pass(4 * HOUR)
      expect(await kind(busy)).toBe('staff')
    }
    expect(await kind(idle)).toBeNull()
    for (let hours = 12; hours < 7 * 24 - 4; hours += 4) {
      opened.pass(4 * HOUR)
      expect(await kind(busy), `after ${hours + 4} hours`).toBe('staff')
    }
    opened.pass(4 * HOUR)
    expect(await kind(busy)).toBeNull()
  })

  test('by a link ends after ninety days without use', async () => {
    const opened = await open()
    const [host, other] = [opened.host, await opened.link()]
    opened.pass(60 * DAY)
    expect(await kind(host)).toBe('link')
    opened.pass(31 * DAY)
    expect([await kind(host), await kind(other)]).toEqual(['link', null])
  })

  test('gets another token every day of use; the one before serves for a minute', async () => {
    const opened = await open()
    const before = opened.host.cookie
    opened.pass(23 * HOUR)
    await kind(opened.host)
    expect(opened.host.cookie).toBe(before)
    opened.pass(2 * HOUR)
    // Several requests at once, as a page makes them: one of them gets the new token, and all are answered.
    const answers = await Promise.all(Array.from({ length: 5 }, () => opened.host.fetch('/api/me')))
    expect(answers.flatMap((answer) => answer.headers.getSetCookie())).toHaveLength(1)
    expect(opened.host.cookie).not.toBe(before)
    expect((await by(opened, before)).signedIn).toBe('link')
    expect(await kind(opened.host)).toBe('link')
    opened.pass(MINUTE)
    expect((await by(opened, before)).signedIn).toBeNull()
    expect(await kind(opened.host)).toBe('link')
  })

  test('whose new token was lost on its way is given another', async () => {
    const opened = await open()
    const before = opened.host.cookie
    opened.pass(25 * HOUR)
    await by(opened, before)
    opened.pass(HOUR)
    expect(await kind(opened.host)).toBe('link')
    expect(opened.host.cookie).not.toBe(before)
    expect(await kind(opened.host)).toBe('link')
    opened.pass(MINUTE)
    expect((await by(opened, before)).signedIn).toBeNull()
  })

  test('that ends by itself cuts its connection; what is done over the connection counts as use', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const { person } = await join(opened, admin.person, { username: 'watcher' })
    const line = await client(opened.url, { person })
    const { personId } = await person.get<Me>('/api/me')
    const expiresAt = async () => Date.parse((await opened.app.core.stores.signIns.ofPerson(personId, opened.now().toISOString()))[0]?.expiresAt ?? '')
    opened.pass(11 * HOUR)
    await line.ask('session:leave', { sessionId: 'nosuchone1' })
    // It is written down with the next tidying, which is due each minute.
    opened.pass(2 * MINUTE)
    await expect.poll(expiresAt, { timeout: 3_000 }).toBeGreaterThan(opened.now().getTime() + 11 * HOUR)
    opened.pass(12 * HOUR + MINUTE)
    await line.next('access:revoked', ({ reason }) => reason === 'signed_out', 2_000)
  })

  test('in a browser that was somebody else ends what it was before', async () => {
    const opened = await openApp()
    const admin = await setUp(opened)
    const first = await join(opened, admin.person, { username: 'first' })
    await join(opened, admin.person, { username: 'second' })
    const old = first.person.cookie
    const line = await client(opened.url, { person: first.person })
    await first.person.send('POST', '/api/sign-in', { username: 'second', password: first.password })
    await line.next('access:revoked', ({ reason }) => reason === 'changed', 1_000)
    expect((await by(opened, old)).signedIn).toBeNull()
    const me = await first.person.get<Me>('/api/me')
    expect(me.account?.username).toBe('second')
  })
})
