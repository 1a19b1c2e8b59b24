import { randomInt } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { beforeAll, describe, expect, it } from 'vitest'
import { CODES } from '../../server/residents/rules.ts'
import type { Me } from '../../shared/accounts.ts'
import type { CodeSent } from '../../shared/identity.ts'
import type { SiteView } from '../../shared/site.ts'
import { refusalOf, openDesk } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { operator, printedCode, setSetting } from '../support/identity.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startReceiver } from '../support/receiver.ts'
import { PLACE, anonymous, openResidents } from '../support/residents.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

const newPhone = () => `139${String(randomInt(1e8)).padStart(8, '0')}`

describe('over HTTP, with codes at the terminal', () => {
  let server: TestServer
  let admin: Person
  beforeAll(async () => {
    server = await startServer({ env: { DELIVER_TO_LOOPBACK: 'true' } })
    admin = await operator(server)
    await setSetting(admin, 'identity', { sms: { kind: 'console' }, providers: [] })
  })
  const send = (person: Person, phone: string) => person.send<CodeSent>('POST', '/api/me/phone', { phone, locale: 'zh-CN' })
  const confirm = (person: Person, phone: string, code: string) => person.send<null>('POST', '/api/me/phone/confirm', { phone, code })
  async function verify(person: Person, phone: string) {
    expect(await send(person, phone)).toEqual({ retryAfterMs: CODES.everyMs, validMs: CODES.validMs })
    await confirm(person, phone, await printedCode(server, phone))
    return person.get<Me>('/api/me')
  }

  it('makes a resident known, and signs them in', async () => {
    const [person, phone] = [await createPerson(server.url), newPhone()]
    const before = person.cookie
    expect((await person.get<SiteView>('/api/site')).identity.phone).toBe(true)
    expect(await verify(person, phone)).toMatchObject({ personId: person.personId, signedIn: 'resident', verified: [{ method: 'phone', hint: `139****${phone.slice(-4)}` }] })
    expect(person.cookie).toContain('fangtan-in=')
    // Whoever has only the anonymous cookie of before is nobody now.
    const thief = await fetch(`${server.url}/api/me`, { headers: { Cookie: before } }).then((response) => response.json() as Promise<{ data: Me }>)
    expect(thief.data.personId).not.toBe(person.personId)
  })

  it('knows a number however it is written, and says when another code may be asked for', async () => {
    const phone = newPhone()
    const first = await createPerson(server.url)
    await verify(first, phone)
    const second = await createPerson(server.url)
    await refusalOf(send(second, phone)).then(({ code, retryAfterMs }) => {
      expect(code).toBe('rate_limited')
      expect(retryAfterMs).toBeGreaterThan(50_000)
    })
    expect(await refusalOf(confirm(second, `+86 ${phone.slice(0, 3)}-${phone.slice(3)}`, '000000'))).toEqual({ code: 'code_invalid' })
  })

  it('takes a code once, and from the browser alone that asked for it', async () => {
    const [person, stranger, phone] = [await createPerson(server.url), await createPerson(server.url), newPhone()]
    await send(person, phone)
    const code = await printedCode(server, phone)
    expect(await refusalOf(confirm(stranger, phone, code))).toEqual({ code: 'code_invalid' })
    const [once, twice] = await Promise.allSettled([confirm(person, phone, code), confirm(person, phone, code)])
    expect([once.status, twice.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalOf(confirm(person, phone, code))).toEqual({ code: 'code_invalid' })
  })

  it('answers the same whether a number is known or not', async () => {
    const [known, unknown] = [newPhone(), newPhone()]
    await verify(await createPerson(server.url), known)
    const stranger = await createPerson(server.url)
    expect(await refusalOf(confirm(stranger, known, '123456'))).toEqual(await refusalOf(confirm(stranger, unknown, '123456')))
  })

  it.each(['', '123', '12345678901', '+1', 'tel:13800000000', '１３８００００００００'])('takes no %j for a number', async (phone) => {
    expect(await refusalOf(send(await createPerson(server.url), phone))).toMatchObject({ code: 'invalid_input', issues: [{ path: 'phone' }] })
  })

  it('leaves whoever came by a link who they are', async () => {
    const phone = newPhone()
    const host = await createPerson(server.url, { link: server.links.host })
    expect(await verify(host, phone)).toMatchObject({ signedIn: 'link', verified: [{ method: 'phone' }], personId: (await host.get<Me>('/api/me')).personId })
  })

  it('posts codes, signed, to the county’s own gateway, and says when that fails', async () => {
    const receiver = await startReceiver()
    const secret = 'whsec_' + Buffer.from('a secret of the gateway').toString('base64')
    await setSetting(admin, 'identity', { sms: { kind: 'http', url: `${receiver.url}/sms`, secret }, providers: [] })
    const [person, phone] = [await createPerson(server.url), newPhone()]
    await person.send('POST', '/api/me/phone', { phone, locale: 'en' })
    const [request] = receiver.received
    const body = new Webhook(secret).verify(request!.body.toString(), request!.headers as Record<string, string>) as { phone: string; code: string; text: string; locale: string }
    expect(body).toMatchObject({ phone, locale: 'en' })
    expect(body.code).toMatch(/^\d{6}$/)
    expect(body.text).toContain(body.code)
    await confirm(person, phone, body.code)

    receiver.answers.splice(0, 1, 503)
    const other = newPhone()
    expect(await refusalOf(send(person, other))).toEqual({ code: 'gateway_failed' })
    // What never went out keeps nobody waiting.
    receiver.answers.splice(0, 1, 200)
    await send(person, other)
    expect(server.output()).not.toContain(other)
    await setSetting(admin, 'identity', { sms: { kind: 'console' }, providers: [] })
  })

  it('says so where no gateway is set up', async () => {
    await setSetting(admin, 'identity', { sms: { kind: 'off' }, providers: [] })
    expect(await refusalOf(send(await createPerson(server.url), newPhone()))).toEqual({ code: 'wrong_state' })
    await setSetting(admin, 'identity', { sms: { kind: 'console' }, providers: [] })
  })

  it('asks to agree to the notice first', async () => {
    const phone = newPhone()
    const first = await createPerson(server.url)
    await verify(first, phone)
    await setSetting(admin, 'privacy', { 'zh-CN': '我们这样对待您的信息。', en: 'This is how we treat your information.' })
    const { version } = await first.get<{ version: number }>('/api/site/privacy')
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const person = await createPerson(server.url)
    for (const refused of [() => send(person, newPhone()), () => confirm(person, phone, '123456')]) expect(await refusalOf(refused())).toEqual({ code: 'consent_required', current: version })
    const endpoint = { endpoint: 'https://push.example/1', keys: { p256dh: 'a', auth: 'b' }, locale: 'zh-CN' }
    expect(await refusalOf(person.send('PUT', '/api/push', endpoint))).toEqual({ code: 'consent_required', current: version })
    expect(await refusalOf(person.send('PUT', '/api/me/consent', { version: version + 1, locale: 'en' }))).toEqual({ code: 'stale', current: version })
    await person.send('PUT', '/api/me/consent', { version, locale: 'en' })
    expect((await person.get<Me>('/api/me')).consented).toBe(version)
    await person.send('PUT', '/api/push', endpoint)
  })
})

onBothEngines((engine) => {
  describe('a code', () => {
    const PHONE = '13800000000'
    async function open() {
      const desk = await openDesk(engine)
      const opened = openResidents(desk)
      await opened.useConsole()
      const { phone } = opened.residents
      return {
        ...opened,
        desk,
        send: (personId: string, to = PHONE) => phone.send(anonymous(personId), PLACE, { phone: to, locale: 'zh-CN' }),
        confirm: (personId: string, code: string, to = PHONE) => phone.confirm(anonymous(personId), PLACE, { phone: to, code }),
      }
    }
    const wrong = (code: string) => (code === '000000' ? '000001' : '000000')

    it('may be tried five times, and then not even rightly', async () => {
      const { send, confirm, code } = await open()
      await send('a')
      for (let tries = 0; tries < CODES.tries; tries++) expect(await refusalOf(confirm('a', wrong(code())))).toEqual({ code: 'code_invalid' })
      expect(await refusalOf(confirm('a', code()))).toEqual({ code: 'code_invalid' })
    })

    it('may be guessed at once by many requests, and still five times only', async () => {
      const { send, confirm, code, desk } = await open()
      await send('a')
      await Promise.allSettled(Array.from({ length: 20 }, () => confirm('a', wrong(code()))))
      expect(await desk.database.read.selectFrom('phoneCodes').select('attempts').execute()).toEqual([{ attempts: CODES.tries }])
      expect(await refusalOf(confirm('a', code()))).toEqual({ code: 'code_invalid' })
    })

    it('is too old after ten minutes', async () => {
      const { send, confirm, code, desk } = await open()
      await send('a')
      desk.wait(CODES.validMs)
      expect(await refusalOf(confirm('a', code()))).toEqual({ code: 'code_invalid' })
    })

    it('takes the place of the one before', async () => {
      const { send, confirm, code, desk } = await open()
      await send('a')
      const first = code()
      desk.wait(CODES.everyMs)
      await send('a')
      if (first !== code()) expect(await refusalOf(confirm('a', first))).toEqual({ code: 'code_invalid' })
      expect(await confirm('a', code())).toMatchObject({ personId: 'a' })
    })

    it('goes to one number once a minute and five times an hour, whoever asks', async () => {
      const { send, desk, printed } = await open()
      for (let sent = 0; sent < CODES.perHour; sent++) {
        await send(`person-${sent}`)
        expect((await refusalOf(send(`other-${sent}`))).code).toBe('rate_limited')
        desk.wait(CODES.everyMs)
      }
      const { code, retryAfterMs } = await refusalOf(send('late'))
      expect(code).toBe('rate_limited')
      expect(retryAfterMs).toBeGreaterThan(50 * 60_000)
      await send('late', '13900000000')
      expect(printed).toHaveLength(CODES.perHour + 1)
      desk.wait(CODES.hourMs)
      await send('later')
    })

    it('asked for twice at once goes out once', async () => {
      const { send, printed } = await open()
      const outcomes = await Promise.allSettled([send('a'), send('b')])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(printed).toHaveLength(1)
    })

    it('stands nowhere in the database, nor does the number', async () => {
      const { send, code, desk } = await open()
      await send('a')
      expect(JSON.stringify(await desk.database.read.selectFrom('phoneCodes').selectAll().execute())).not.toMatch(new RegExp(`${PHONE}|"${code()}"`))
    })

    it('of another number takes the place of the first, which is free again', async () => {
      const { verify, desk } = await open()
      await verify(PHONE, 'a')
      await verify('13900000000', 'a')
      const { verified } = await desk.core.accounts.me({ personId: 'a', signInId: null, kind: null })
      expect(verified).toMatchObject([{ method: 'phone', hint: '139****0000' }])
      expect(await verify(PHONE, 'b')).toBe('b')
    })

    it('of another number signs out whoever else is in by the first', async () => {
      const { verify, desk } = await open()
      const browsers = async () => (await desk.core.stores.signIns.ofPerson('a', desk.now().toISOString())).map(({ id }) => id)
      await verify(PHONE, 'a')
      expect(await verify(PHONE, 'b')).toBe('a')
      const before = await browsers()
      expect(before).toHaveLength(2)
      await verify('13900000000', 'a')
      expect(await browsers()).toEqual([expect.not.stringMatching(before.join('|'))])
    })

    it('makes nobody of whoever has a role', async () => {
      const { verify, desk } = await open()
      await verify(PHONE, 'a')
      await desk.core.operator.give('a')
      expect(await refusalOf(verify(PHONE, 'b'))).toEqual({ code: 'taken' })
      expect(await verify(PHONE, 'a')).toBe('a')
    })

    it('makes nobody of whoever has an account, though it is disabled', async () => {
      const { verify, desk } = await open()
      await verify(PHONE, 'a')
      const at = desk.now().toISOString()
      const empty = { totpSealed: null, totpOffered: null, totpStep: 0, recoveryJson: '[]', failures: 0, failedAt: null, lockedUntil: null, signedInAt: null }
      const account = { ...empty, id: 'a', username: 'li.min', name: '李敏', post: '', departmentId: null, spokesperson: 0, role: 'admin', password: 'p', disabledAt: at, createdAt: at, version: 1 } as const
      await desk.database.transact((tx) => tx.insertInto('accounts').values(account).execute())
      expect(await refusalOf(verify(PHONE, 'b'))).toEqual({ code: 'taken' })
    })
  })
})
