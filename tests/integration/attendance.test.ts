import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { NOBODY } from '../../shared/attendance.ts'
import { createPushStore } from '../../server/notifications/store.ts'
import { refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { tablesWith } from '../support/everything.ts'
import { openHall } from '../support/hall.ts'
import { openResidents } from '../support/residents.ts'

const PHONE = '13812345678'

onBothEngines((engine) => {
  describe('settings', () => {
    test('the first makes the code of the hall; everybody sees venue and seats, the desk the code', async () => {
      const hall = await openHall(engine, { settings: { seats: 60, quotas: [] } })
      const { settings } = await hall.list()
      expect(settings).toMatchObject({ venue: '县行政中心一楼', seats: 60, version: 1 })
      expect(settings.hallCode).toMatch(/^\d{6}$/)
      expect((await hall.view()).session.attendance).toEqual({ venue: '县行政中心一楼', seats: 60, applyUntil: null })
      expect((await hall.view('desk')).moderation?.hall).toEqual({ code: settings.hallCode, figures: NOBODY })
      expect(JSON.stringify(await hall.view())).not.toContain(settings.hallCode)

      await hall.set({ seats: 50 })
      expect((await hall.list()).settings).toMatchObject({ seats: 50, version: 2, hallCode: settings.hallCode })
      const before = (await hall.core.stores.sessions.byId(hall.sessionId))!.seq
      const renewed = await hall.core.attendance.office.renewHallCode(hall.host, hall.sessionId, '')
      expect(renewed.settings.version).toBe(2)
      expect(await hall.told('desk', before)).toEqual([{ type: 'hall', hall: { code: renewed.settings.hallCode, figures: NOBODY } }])
    })

    test('are refused when somebody else changed them, for a forum that there is not, and for an interview', async () => {
      const hall = await openHall(engine)
      const { office } = hall.core.attendance
      const input = { venue: '', seats: 0, quotas: [], applyUntil: null }
      expect(await refusalOf(office.set(hall.host, hall.sessionId, { ...input, expectedVersion: 0 }, ''))).toMatchObject({ code: 'stale', current: { version: 1 } })
      expect(await refusalOf(hall.set({ quotas: [{ forumId: randomUUID(), seats: 1 }] }))).toEqual({ code: 'invalid_input', issues: [{ path: 'quotas.0.forumId', code: 'not_found' }] })
      const interview = await openHall(engine, { over: { kind: 'interview' } }).then(() => null, (error: unknown) => error)
      expect(interview).toMatchObject({ refusal: { code: 'wrong_state' } })
    })
  })

  describe('invitations', () => {
    test('are made once, each with a link of its own that is nobody else’s to see', async () => {
      const hall = await openHall(engine)
      const { office } = hall.core.attendance
      const attendees = [
        { id: randomUUID(), name: '钱先生', forumId: hall.mountain.id, phone: PHONE },
        { id: randomUUID(), name: '孙女士', forumId: null, phone: null },
      ]
      const made = await office.invite(hall.host, hall.sessionId, { attendees }, '')
      expect(made.attendees.map(({ name, state, phoneHint, reachable }) => ({ name, state, phoneHint, reachable }))).toEqual([
        { name: '钱先生', state: 'invited', phoneHint: '5678', reachable: false },
        { name: '孙女士', state: 'invited', phoneHint: '', reachable: false },
      ])
      expect(new Set(made.attendees.map(({ url }) => url)).size).toBe(2)
      expect(made.figures).toEqual({ ...NOBODY, invited: 2 })
      expect(await office.invite(hall.host, hall.sessionId, { attendees }, '')).toEqual(made)
      expect(await tablesWith(hall.database, PHONE)).toEqual([])

      const links = await hall.core.links.list(hall.host, hall.sessionId)
      expect(links.map(({ role }) => role)).not.toContain('representative')
      const { grantId } = await hall.stored(attendees[0]!.id)
      expect(await refusalOf(hall.core.links.act(hall.host, hall.sessionId, grantId!, { action: 'revoke' }, ''))).toMatchObject({ code: 'not_found' })
      expect(await refusalOf(office.list(hall.moderator, hall.sessionId))).toMatchObject({ code: 'forbidden' })
      expect((await tablesWith(hall.database, '钱先生')).toSorted()).toEqual(['attendees', 'grants'])
    })

    test('of a forum are no more than its quota, or nobody is invited', async () => {
      const hall = await openHall(engine)
      await hall.set({ quotas: [{ forumId: hall.mountain.id, seats: 2 }] })
      const { office } = hall.core.attendance
      const invite = (...forums: (string | null)[]) => office.invite(hall.host, hall.sessionId, { attendees: forums.map((forumId) => ({ id: randomUUID(), name: '某人', forumId, phone: null })) }, '')
      const { mountain, river } = hall
      expect(await refusalOf(invite(mountain.id, river.id, mountain.id, null, mountain.id))).toEqual({ code: 'invalid_input', issues: [{ path: 'attendees.4', code: 'over_quota' }] })
      expect((await hall.list()).attendees).toEqual([])
      await invite(mountain.id, river.id, mountain.id, null)
      const [first] = (await hall.list()).attendees.filter(({ forumId }) => forumId === mountain.id)
      expect(await refusalOf(invite(mountain.id))).toMatchObject({ issues: [{ code: 'over_quota' }] })
      await hall.act(first!.id, { action: 'cancel' })
      await invite(mountain.id)
      expect(await refusalOf(invite(randomUUID()))).toEqual({ code: 'invalid_input', issues: [{ path: 'attendees.0.forumId', code: 'not_found' }] })
    })

    test('move with the session, and end when they are taken back', async () => {
      const hall = await openHall(engine)
      const { id, personId } = await hall.invite()
      const { session } = await hall.view()
      const expiryOf = async () => (await hall.core.stores.accounts.heldBy([personId])).get(personId)?.[0]?.expiresAt ?? ''
      const before = await expiryOf()
      const { kind, title, topic, introduction, plannedMinutes, guests, settings, version } = session
      await hall.core.sessions.edit(hall.host, hall.sessionId, { kind, title, topic, introduction, plannedMinutes, guests, settings, expectedVersion: version, startsAt: '2027-01-10T01:30:00.000Z' })
      expect((await expiryOf()) > before).toBe(true)

      expect((await hall.own(personId))?.state).toBe('invited')
      const after = await hall.act(id, { action: 'cancel' })
      expect(after.attendees[0]).toMatchObject({ state: 'cancelled', url: null })
      expect(await hall.own(personId)).toBeNull()
      expect(await refusalOf(hall.reply(personId))).toMatchObject({ code: 'forbidden' })
      expect(await hall.database.read.selectFrom('rightsChanges').select('reason').where('personId', '=', personId).execute()).toEqual([{ reason: 'revoked' }])
    })
  })

  describe('replies', () => {
    test('who finds no place waits, moves up when there is one, and is told', async () => {
      const hall = await openHall(engine, { settings: { seats: 2 } })
      const { mountain, river } = hall
      const [first, second, third, fourth] = [await hall.invite({ forumId: mountain.id }), await hall.invite({ forumId: mountain.id }), await hall.invite({ forumId: river.id }), await hall.invite()]
      for (const { personId } of [first, second, third, fourth]) await hall.reply(personId)
      expect(await hall.own(third.personId)).toMatchObject({ state: 'waiting', waitingNumber: 1, code: null, forum: '江边论坛' })
      expect(await hall.own(fourth.personId)).toMatchObject({ state: 'waiting', waitingNumber: 2 })
      expect((await hall.list()).figures).toEqual({ ...NOBODY, accepted: 2, waiting: 2 })

      await hall.database.transact((tx) => createPushStore(tx).put({ endpoint: 'https://push.example/third', keys: { p256dh: 'p', auth: 'a' }, locale: 'en', personId: third.personId, createdAt: hall.now().toISOString() }))
      expect(await hall.reply(first.personId, false)).toMatchObject({ state: 'declined' })
      expect(await hall.own(third.personId)).toMatchObject({ state: 'accepted', waitingNumber: null })
      expect(await hall.own(fourth.personId)).toMatchObject({ state: 'waiting', waitingNumber: 1 })
      const deliveries = await hall.database.read.selectFrom('deliveries').select(['kind', 'target', 'event', 'bodyJson']).execute()
      expect(deliveries).toMatchObject([{ kind: 'push', target: 'https://push.example/third', event: 'place' }])
      expect(JSON.parse(deliveries[0]!.bodyJson)).toMatchObject({ path: `/s/${hall.sessionId}/invitation`, body: expect.stringContaining('There is a place for you') as string })

      // Changed their mind: at the end of the line.
      expect(await hall.reply(first.personId)).toMatchObject({ state: 'waiting', waitingNumber: 2 })
      await hall.set({ seats: 3 })
      expect((await hall.own(fourth.personId))?.state).toBe('accepted')
      // Fewer seats than are taken: nobody loses a place, and none is given.
      await hall.set({ seats: 1 })
      expect((await hall.list()).figures).toMatchObject({ accepted: 3, waiting: 1 })
      await hall.reply(second.personId, false)
      expect((await hall.own(first.personId))?.state).toBe('waiting')
    })

    test('who is given a place by the office is told, as those who move up are', async () => {
      const hall = await openHall(engine, { settings: { seats: 1, applyUntil: '2026-12-31T00:00:00.000Z' } })
      const people = [randomUUID(), randomUUID()]
      for (const personId of people) {
        await hall.database.transact((tx) => createPushStore(tx).put({ endpoint: `https://push.example/${personId}`, keys: { p256dh: 'p', auth: 'a' }, locale: 'en', personId, createdAt: hall.now().toISOString() }))
        await hall.apply(personId)
        await hall.act((await hall.own(personId))!.id, { action: 'accept' })
      }
      expect(await hall.own(people[1]!)).toMatchObject({ state: 'waiting' })
      expect(await hall.database.read.selectFrom('deliveries').select(['target', 'event']).execute()).toEqual([{ target: `https://push.example/${people[0]}`, event: 'place' }])
    })

    test('many at once are given the places that there are, one after the other', async () => {
      const hall = await openHall(engine, { settings: { seats: 2 } })
      const people = [await hall.invite(), await hall.invite(), await hall.invite(), await hall.invite(), await hall.invite()]
      await Promise.all(people.map(({ personId }) => hall.reply(personId)))
      expect((await hall.list()).figures).toEqual({ ...NOBODY, accepted: 2, waiting: 3 })
      const numbers = (await hall.list()).attendees.flatMap(({ waitingNumber }) => waitingNumber ?? [])
      expect(numbers.toSorted()).toEqual([1, 2, 3])
      await Promise.all(people.map(({ personId }) => hall.reply(personId, false)))
      expect((await hall.list()).figures).toEqual({ ...NOBODY, declined: 5 })
    })

    test('a code for the door comes with the place, and nothing in the database leads to it', async () => {
      const hall = await openHall(engine)
      const { id, personId } = await hall.invite()
      expect((await hall.own(personId))?.code).toBeNull()
      const code = (await hall.reply(personId))?.code ?? ''
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/)
      expect((await hall.own(personId))?.code).toBe(code)
      const { entries } = await hall.core.attendance.door.list(hall.helper, hall.sessionId)
      expect(entries).toMatchObject([{ id, name: '王先生', state: 'accepted', proof: createHash('sha256').update(code).digest('hex') }])
      expect(await tablesWith(hall.database, code)).toEqual([])
    })

    test('end with the session', async () => {
      const hall = await openHall(engine, { phase: 'live' })
      const { personId } = await hall.invite()
      await hall.advance('end')
      expect(await refusalOf(hall.reply(personId))).toMatchObject({ code: 'closed' })
      expect(await refusalOf(hall.invite())).toMatchObject({ code: 'closed' })
    })
  })

  describe('applications', () => {
    test('are taken once from each person, until it is too late, and decided by the office', async () => {
      const hall = await openHall(engine)
      const personId = randomUUID()
      expect(await refusalOf(hall.apply(personId))).toMatchObject({ code: 'closed' })
      await hall.set({ seats: 1, applyUntil: new Date(hall.now().getTime() + 3_600_000).toISOString() })
      const id = randomUUID()
      const own = await hall.apply(personId, { id, phone: PHONE })
      expect(own).toMatchObject({ id, state: 'applied', code: null, name: '赵女士' })
      expect(await hall.apply(personId, { id, phone: PHONE })).toEqual(own)
      expect(await refusalOf(hall.apply(personId))).toMatchObject({ code: 'taken' })
      expect(await refusalOf(hall.apply(randomUUID(), { id }))).toMatchObject({ code: 'stale' })
      const invited = await hall.invite()
      expect(await refusalOf(hall.apply(invited.personId))).toMatchObject({ code: 'taken' })
      expect(await hall.line(id)).toMatchObject({ state: 'applied', note: '想谈加装电梯', phoneHint: '5678', url: null })
      expect(JSON.stringify(await hall.view())).not.toContain('赵女士')

      await hall.act(id, { action: 'accept' })
      expect(await hall.own(personId)).toMatchObject({ state: 'accepted' })
      expect(await hall.reply(invited.personId)).toMatchObject({ state: 'waiting' })
      // Who applied may say no, too, and is then one who applies again.
      expect(await hall.reply(personId, false)).toMatchObject({ state: 'declined' })
      expect(await hall.own(invited.personId)).toMatchObject({ state: 'accepted' })
      expect(await hall.reply(personId)).toMatchObject({ state: 'applied' })
      await hall.act(id, { action: 'refuse', reason: '席位已满' })
      expect(await hall.own(personId)).toMatchObject({ state: 'refused', reason: '席位已满' })
      expect(await refusalOf(hall.reply(personId))).toMatchObject({ code: 'wrong_state' })
      expect(await refusalOf(hall.act(id, { action: 'refuse', reason: '' }))).toMatchObject({ code: 'wrong_state', current: { id, state: 'refused' } })
      await hall.act(id, { action: 'accept' })
      expect(await hall.own(personId)).toMatchObject({ state: 'waiting', waitingNumber: 1, reason: '' })

      hall.wait(3_600_000)
      expect(await refusalOf(hall.apply(randomUUID()))).toMatchObject({ code: 'closed' })
    })

    test('are taken from who agreed to the notice', async () => {
      const hall = await openHall(engine)
      await hall.set({ applyUntil: '2026-12-31T00:00:00.000Z' })
      const version = await openResidents(hall).publish()
      hall.wait(2_000)
      const personId = randomUUID()
      expect(await refusalOf(hall.apply(personId))).toEqual({ code: 'consent_required', current: version })
      await hall.core.consents.give(personId, { version, locale: 'zh-CN' })
      hall.wait(2_000)
      expect(await hall.apply(personId)).toMatchObject({ state: 'applied' })
    })
  })

  describe('the office', () => {
    test('changes a line as it saw it, and names a table that there is', async () => {
      const hall = await openHall(engine)
      const { id, personId } = await hall.invite()
      const edit = { action: 'edit', name: '王大明', seat: '1排1座', tableId: null, note: '发言第三位' } as const
      await hall.act(id, edit)
      expect(await hall.own(personId)).toMatchObject({ name: '王大明', seat: '1排1座' })
      expect((await hall.core.stores.accounts.grantsOfPerson(personId, hall.now().toISOString()))[0]?.name).toBe('王大明')
      const { office } = hall.core.attendance
      expect(await refusalOf(office.act(hall.host, hall.sessionId, id, { ...edit, expectedVersion: 1 }, ''))).toMatchObject({ code: 'stale', current: { name: '王大明', version: 2 } })
      expect(await refusalOf(hall.act(id, { ...edit, tableId: randomUUID() }))).toEqual({ code: 'invalid_input', issues: [{ path: 'tableId', code: 'not_found' }] })
      expect(await refusalOf(office.act(hall.host, hall.sessionId, randomUUID(), { action: 'cancel', expectedVersion: 1 }, ''))).toMatchObject({ code: 'not_found' })
    })

    test('gives seats to those who have a place and none to sit on', async () => {
      const hall = await openHall(engine)
      const people = [await hall.invite({ forumId: hall.mountain.id }), await hall.invite({ forumId: hall.river.id }), await hall.invite({ forumId: hall.mountain.id }), await hall.invite()]
      for (const { personId } of people.slice(0, 3)) await hall.reply(personId)
      const { attendees } = await hall.core.attendance.office.seat(hall.host, hall.sessionId, { rows: 2, perRow: 2 }, '')
      expect(attendees.map(({ seat }) => seat)).toEqual(['1排1座', '2排1座', '1排2座', ''])
      expect((await hall.core.attendance.office.seat(hall.host, hall.sessionId, { rows: 9, perRow: 9 }, '')).attendees).toEqual(attendees)
      await hall.reply(people[0]!.personId, false)
      expect((await hall.line(people[0]!.id)).seat).toBe('')
    })

    test('takes the list out as a table, which is an act, and in which nothing runs', async () => {
      const hall = await openHall(engine)
      await hall.invite({ name: '=1+1', forumId: hall.mountain.id, phone: PHONE })
      const { table } = hall.core.attendance.table
      const chinese = await table(hall.host, hall.sessionId, 'zh-CN', '')
      expect(chinese).toContain('姓名,论坛,状态')
      expect(chinese).toContain(`'=1+1,山城论坛,已邀请,,,,${PHONE}`)
      expect(await table(hall.host, hall.sessionId, 'en', '')).toContain('Name,Forum,State')
      const acts = await hall.database.read.selectFrom('audit').select(['action', 'detailJson']).where('sessionId', '=', hall.sessionId).where('action', 'in', ['export', 'attendance']).orderBy('at').execute()
      expect(acts.map(({ action, detailJson }) => [action, JSON.parse(detailJson) as unknown])).toEqual([
        ['attendance', { what: 'settings', seats: 0 }],
        ['attendance', { what: 'invite', people: 1 }],
        ['export', { as: 'csv', people: 1 }],
        ['export', { as: 'csv', people: 1 }],
      ])
      expect(await refusalOf(table(hall.helper, hall.sessionId, 'en', ''))).toMatchObject({ code: 'forbidden' })
    })
  })
})
