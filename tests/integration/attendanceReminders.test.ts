import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { Webhook } from 'standardwebhooks'
import type { AuditPage } from '../../shared/administration.ts'
import type { AttendanceList, Reminded } from '../../shared/attendance.ts'
import type { SmsGateway } from '../../server/residents/gateways/gateway.ts'
import { createPushStore } from '../../server/notifications/store.ts'
import { makeCertificate } from '../support/certificate.ts'
import type { Certificate } from '../support/certificate.ts'
import { refusalOf } from '../support/desk.ts'
import { createDevice } from '../support/device.ts'
import { onBothEngines } from '../support/engines.ts'
import { openSession } from '../support/fixtures.ts'
import { openHall } from '../support/hall.ts'
import type { TestHall } from '../support/hall.ts'
import { operator, setSetting } from '../support/identity.ts'
import { createPerson } from '../support/person.ts'
import { startReceiver } from '../support/receiver.ts'
import { openResidents } from '../support/residents.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const PHONE = '13812345678'
const HOUR = 3_600_000
/** 9:30 in the county, eight days after the tests' clock began. */
const STARTS = '2026-11-30T01:30:00.000Z'

const device = (hall: TestHall, personId: string, locale = 'zh-CN') =>
  hall.database.transact((tx) => createPushStore(tx).put({ endpoint: `https://push.example/${personId}`, keys: { p256dh: 'p', auth: 'a' }, locale, personId, createdAt: hall.now().toISOString() }))
const waiting = async (hall: TestHall) => (await hall.database.read.selectFrom('deliveries').selectAll().orderBy('createdAt').execute()).map(({ kind, target, event }) => `${kind} ${event} ${target}`)
const moveTo = (hall: TestHall, county: string) => hall.wait(Date.parse(`${county}:00.000+08:00`) - hall.now().getTime())

onBothEngines((engine) => {
  describe('reminders', () => {
    test('go out by themselves in the evening before and two hours before, once each, to who has a place', async () => {
      const hall = await openHall(engine, { over: { startsAt: STARTS } })
      await openResidents(hall).useConsole()
      const [phone, push, both, nothing, silent, declined] = [
        await hall.invite({ phone: PHONE }),
        await hall.invite(),
        await hall.invite({ phone: '+85291234567' }),
        await hall.invite({ phone: '057188889999' }),
        await hall.invite({ phone: PHONE }),
        await hall.invite({ phone: PHONE }),
      ]
      for (const { personId } of [phone, push, both, nothing]) await hall.reply(personId)
      await hall.reply(declined.personId, false)
      await device(hall, push.personId)
      await device(hall, both.personId)
      const { reminders } = hall.core.attendance
      const reachable = (await hall.list()).attendees.map((attendee) => attendee.reachable)
      // A landline gets no message.
      expect(reachable).toEqual([true, true, true, false, true, true])

      moveTo(hall, '2026-11-29T17:50')
      expect(await reminders.remindDue()).toBe(0)
      moveTo(hall, '2026-11-29T18:01')
      const [first, again] = await Promise.all([reminders.remindDue(), reminders.remindDue()])
      expect(first + again).toBe(3)
      const told = [`sms reminder ${phone.id}`, `push reminder https://push.example/${push.personId}`, `push reminder https://push.example/${both.personId}`, `sms reminder ${both.id}`]
      expect((await waiting(hall)).toSorted()).toEqual(told.toSorted())
      expect((await hall.line(silent.id)).remindedAt).toBeNull()
      moveTo(hall, '2026-11-29T19:00')
      expect(await reminders.remindDue()).toBe(0)
      moveTo(hall, '2026-11-30T07:31')
      expect(await reminders.remindDue()).toBe(3)
      expect(await reminders.remindDue()).toBe(0)
      expect(await waiting(hall)).toHaveLength(8)
      moveTo(hall, '2026-11-30T09:31')
      expect(await reminders.remindDue()).toBe(0)
    })

    test('by hand go to those named or all, and name whom nobody reaches', async () => {
      const hall = await openHall(engine, { over: { startsAt: STARTS } })
      const [invited, accepted, unreachable] = [await hall.invite({ phone: PHONE }), await hall.invite({ phone: PHONE }), await hall.invite()]
      await hall.reply(accepted.personId)
      const { reminders } = hall.core.attendance
      const remind = (...ids: string[]) => reminders.remind(hall.host, hall.sessionId, ids, '')
      // No gateway is set up.
      expect(await remind()).toEqual({ sent: 0, byHand: [invited.id, accepted.id, unreachable.id] })
      await openResidents(hall).useConsole()
      expect(await remind(invited.id)).toEqual({ sent: 1, byHand: [] })
      expect(await remind()).toEqual({ sent: 2, byHand: [unreachable.id] })
      expect(await remind()).toEqual({ sent: 2, byHand: [unreachable.id] })
      expect(await waiting(hall)).toEqual([`sms ask ${invited.id}`, `sms reminder ${accepted.id}`])
      hall.wait(HOUR)
      await remind(accepted.id)
      expect(await waiting(hall)).toHaveLength(3)
      expect(await refusalOf(remind(randomUUID()))).toMatchObject({ code: 'not_found' })
      expect(await refusalOf(reminders.remind(hall.helper, hall.sessionId, [], ''))).toMatchObject({ code: 'forbidden' })
    })

    test('open a number only on its way, say nothing after the end, and nothing to who is gone', async () => {
      const hall = await openHall(engine, { over: { startsAt: STARTS } })
      await openResidents(hall).useConsole()
      const { id } = await hall.invite({ phone: PHONE })
      await hall.core.attendance.reminders.remind(hall.host, hall.sessionId, [], '')
      const [delivery] = await hall.database.read.selectFrom('deliveries').selectAll().execute()
      expect(JSON.stringify(delivery)).not.toContain(PHONE)
      const sent: Parameters<SmsGateway>[0][] = []
      let failing = false
      const send = hall.core.attendance.messages(async () => async (message) => {
        if (failing) throw new Error('the gateway is away')
        sent.push(message)
      })
      expect(await send(delivery!)).toEqual({ delivered: true, outcome: 'sent', final: true })
      expect(sent).toEqual([{ kind: 'ask', phone: PHONE, text: '住建局在线访谈：邀请您参加，请打开邀请链接回复是否到会：11月30日周一 09:30，县行政中心一楼。', locale: 'zh-CN' }])
      failing = true
      expect(await send(delivery!)).toEqual({ delivered: false, outcome: 'gateway', final: false })
      failing = false
      expect(await hall.core.attendance.messages(async () => null)(delivery!)).toMatchObject({ outcome: 'off', final: true })
      moveTo(hall, '2026-11-30T11:01')
      expect(await send(delivery!)).toMatchObject({ outcome: 'late', final: true })
      await hall.database.transact((tx) => tx.updateTable('attendees').set({ phoneSealed: null }).where('id', '=', id).execute())
      expect(await send(delivery!)).toMatchObject({ outcome: 'removed', final: true })
    })
  })
})

describe('with a network', () => {
  let certificate: Certificate
  beforeAll(async () => {
    certificate = await makeCertificate()
  })

  test('a reminder arrives on the phone by the county’s gateway, signed, and in the browser', async () => {
    const server = await startServer({ env: { DELIVER_TO_LOOPBACK: 'true', NODE_EXTRA_CA_CERTS: certificate.file } })
    const [gateway, pushes] = [await startReceiver(), await startReceiver({ tls: certificate })]
    pushes.answers.splice(0, 1, 201)
    const secret = 'whsec_' + Buffer.from('a secret of the gateway').toString('base64')
    await setSetting(await operator(server), 'identity', { sms: { kind: 'http', url: `${gateway.url}/sms`, secret }, providers: [] })
    const { sessionId, session, host } = await openSession(server, 'announced', { kind: 'symposium', startsAt: new Date(Date.now() + 72 * HOUR).toISOString() })
    const at = `/api/sessions/${sessionId}`
    await host.person.send('PUT', `${at}/attendance`, { expectedVersion: 0, venue: '一楼', seats: 0, quotas: [], applyUntil: null })
    const { attendees } = await host.person.send<AttendanceList>('POST', `${at}/attendees`, { attendees: [{ id: randomUUID(), name: '王先生', forumId: null, phone: PHONE }] })
    const representative = await createPerson(server.url, { link: attendees[0]!.url! })
    const phone = createDevice(`${pushes.url}/phone`, 'en')
    await representative.send('PUT', '/api/push', phone.subscription)
    await representative.send('POST', `${at}/attendance/own`, { coming: true })
    expect(await host.person.send<Reminded>('POST', `${at}/attendees/remind`, { attendeeIds: [] })).toEqual({ sent: 1, byHand: [] })
    await until(() => gateway.received.length > 0 && pushes.received.length > 0, 'a message and a push')
    const [message] = gateway.received
    expect(new Webhook(secret).verify(message!.body.toString(), message!.headers as Record<string, string>)).toMatchObject({ kind: 'reminder', phone: PHONE, locale: 'zh-CN', text: expect.stringContaining('提醒您按时到会') as string })
    expect(phone.read(pushes.received[0]!.body)).toMatchObject({ title: session.title, path: `/s/${sessionId}/invitation`, body: expect.stringContaining('QR code') as string })
    expect(server.output()).not.toContain(PHONE)

    // Residents are not in the log of staff's acts, though they came by a link.
    const { entries } = await host.person.get<AuditPage>(`/api/admin/audit?session=${sessionId}`)
    expect(entries.map(({ action }) => action)).toContain('link_used')
    expect(JSON.stringify(entries)).not.toContain('王先生')
    expect(JSON.stringify(entries)).not.toContain(representative.personId)
  })
})
