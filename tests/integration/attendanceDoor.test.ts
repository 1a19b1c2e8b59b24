import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { CheckIn } from '../../shared/attendance.ts'
import { refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { openHall } from '../support/hall.ts'
import type { TestHall } from '../support/hall.ts'

const ago = (hall: TestHall, seconds: number) => new Date(hall.now().getTime() - seconds * 1_000).toISOString()
const here = async (hall: TestHall, id: string) => (await hall.line(id)).checkedInAt
const hallEvents = async (hall: TestHall, seq: number) => (await hall.told('desk', seq)).filter(({ type }) => type === 'hall')
const head = async (hall: TestHall) => (await hall.core.stores.sessions.byId(hall.sessionId))!.seq

onBothEngines((engine) => {
  describe('the door', () => {
    test('takes each report once, whatever device sends it how often, and tells the desk once for all', async () => {
      const hall = await openHall(engine, { phase: 'backstage' })
      const people = [await hall.invite(), await hall.invite(), await hall.invite()]
      const reports = people.map(({ id }, index) => hall.report(id, { at: ago(hall, 60 - index) }))
      const before = await head(hall)
      const { entries } = await hall.checkIn(reports, hall.helper)
      expect(entries.map(({ checkedInAt, state }) => ({ checkedInAt, state }))).toEqual(reports.map(({ at }) => ({ checkedInAt: at, state: 'accepted' })))
      expect(await hallEvents(hall, before)).toMatchObject([{ hall: { figures: { accepted: 3, checkedIn: 3, invited: 0 } } }])
      expect((await hall.line(people[0]!.id)).checkedInBy).toBe('东门')

      const after = await head(hall)
      await hall.checkIn(reports, hall.helper)
      await hall.checkIn([...reports, ...reports], hall.host)
      expect(await head(hall)).toBe(after)
      expect((await hall.list()).figures).toMatchObject({ accepted: 3, checkedIn: 3 })
    })

    test('two doors let in the same person: both are done, and the first time stays, whoever is back first', async () => {
      const hall = await openHall(engine, { phase: 'live' })
      const { id } = await hall.invite()
      const [east, west] = [hall.report(id, { at: ago(hall, 300) }), hall.report(id, { at: ago(hall, 900) })]
      await hall.checkIn([east], hall.helper)
      expect(await here(hall, id)).toBe(east.at)
      await hall.checkIn([west], hall.host)
      expect(await here(hall, id)).toBe(west.at)
      // Taken back by one door after both.
      await hall.checkIn([hall.report(id, { undo: true })], hall.helper)
      expect(await here(hall, id)).toBeNull()
      expect((await hall.line(id)).state).toBe('accepted')
    })

    test('lets in who is not on the list, also beyond quota and seats, once', async () => {
      const hall = await openHall(engine, { phase: 'live', settings: { seats: 1 } })
      await hall.set({ quotas: [{ forumId: hall.mountain.id, seats: 0 }] })
      const [guest, waiting] = [await hall.invite(), await hall.invite()]
      await hall.reply(guest.personId)
      await hall.reply(waiting.personId)
      const id = randomUUID()
      const walkIn = { name: '路过的李先生', forumId: hall.mountain.id }
      const first = hall.report(id, { walkIn })
      const { entries } = await hall.checkIn([first, hall.report(waiting.id)], hall.helper)
      expect(entries.find((entry) => entry.id === id)).toMatchObject({ name: '路过的李先生', forum: '山城论坛', state: 'accepted', checkedInAt: first.at })
      expect((await hall.list()).figures).toMatchObject({ accepted: 3, waiting: 0, checkedIn: 2 })
      // The same person under the same id from another door is the same person.
      await hall.checkIn([hall.report(id, { walkIn, at: ago(hall, 5) })], hall.host)
      expect((await hall.list()).attendees).toHaveLength(3)
      await hall.checkIn([hall.report(id, { undo: true })], hall.helper)
      expect(await hall.line(id)).toMatchObject({ state: 'cancelled', checkedInAt: null })
      await hall.checkIn([hall.report(id, { walkIn })], hall.helper)
      expect(await hall.line(id)).toMatchObject({ state: 'accepted' })
    })

    test('a clock that is hours ahead loses nothing', async () => {
      const hall = await openHall(engine, { phase: 'live' })
      const [first, second] = [await hall.invite(), await hall.invite()]
      const ahead = (seconds: number) => ago(hall, -7_200 - seconds)
      await hall.checkIn([hall.report(first.id, { at: ahead(0) }), hall.report(second.id, { at: ahead(10) }), hall.report(second.id, { at: ahead(20), undo: true }), hall.report(second.id, { at: ahead(30) })], hall.helper)
      const [one, two] = [await here(hall, first.id), await here(hall, second.id)]
      expect(one! < two!).toBe(true)
      expect(two! <= hall.now().toISOString()).toBe(true)
      const kept = await hall.database.read.selectFrom('checkIns').select(['at', 'receivedAt']).execute()
      expect(kept).toHaveLength(4)
      expect(kept.every(({ at, receivedAt }) => at <= receivedAt)).toBe(true)
    })

    test('leaves out who is not on this list without holding up the others, also long after the end', async () => {
      const hall = await openHall(engine, { phase: 'live' })
      const { id } = await hall.invite()
      const report = hall.report(id)
      await hall.advance('end')
      hall.wait(5 * 3_600_000)
      const { entries } = await hall.checkIn([hall.report(randomUUID()), report, hall.report(randomUUID(), { undo: true })], hall.helper)
      expect(entries).toMatchObject([{ id, checkedInAt: report.at }])
    })

    test('is kept by who helps, and by nobody else', async () => {
      const hall = await openHall(engine)
      const { id, personId } = await hall.invite()
      expect(await refusalOf(hall.checkIn([hall.report(id)], personId))).toMatchObject({ code: 'forbidden' })
      expect(await refusalOf(hall.core.attendance.door.list(randomUUID(), hall.sessionId))).toMatchObject({ code: 'forbidden' })
      const { entries, forums, title } = await hall.core.attendance.door.list(hall.helper, hall.sessionId)
      expect({ people: entries.length, forums: forums.map(({ name }) => name), title }).toEqual({ people: 1, forums: ['山城论坛', '江边论坛'].toSorted(), title: '住建局在线访谈' })
    })

    test('who said no and is there has a place; who was refused is there without', async () => {
      const hall = await openHall(engine, { phase: 'live' })
      const { id, personId } = await hall.invite()
      await hall.reply(personId, false)
      await hall.checkIn([hall.report(id)], hall.helper)
      expect(await hall.line(id)).toMatchObject({ state: 'accepted' })
      expect(await refusalOf(hall.reply(personId, false))).toMatchObject({ code: 'wrong_state' })
      const other = await hall.invite()
      await hall.act(other.id, { action: 'cancel' })
      await hall.checkIn([hall.report(other.id)], hall.helper)
      expect(await hall.line(other.id)).toMatchObject({ state: 'cancelled', checkedInAt: expect.any(String) as string })
    })
  })

  test('a raised hand moves to the hall with its person, and back; their page knows', async () => {
    const hall = await openHall(engine, { phase: 'live' })
    const { core, sessionId, host } = hall
    await core.floor.set(host, { sessionId, expectedVersion: 0, open: true, seconds: 120, tables: [] })
    const { id, personId } = await hall.invite({ forumId: hall.mountain.id })
    await core.floor.raise(personId, '', { sessionId, id: randomUUID(), name: null, questionId: null, topicId: null, tableId: null, about: '停车' })
    const place = async () => (await hall.view('participant', personId)).hands.map((hand) => hand.place)
    expect(await place()).toEqual(['home'])
    const before = await head(hall)
    await hall.checkIn([hall.report(id)], hall.helper)
    expect(await place()).toEqual(['hall'])
    expect((await hall.view('participant', personId)).ownPlace).toBe('hall')
    const told = await hall.told(`person:${personId}`, before)
    expect(told).toContainEqual({ type: 'own_place', place: 'hall' })
    const hands = (await hall.told('public', before)).filter(({ type }) => type === 'hand')
    expect(hands).toMatchObject([{ hand: (await hall.view()).hands[0] }])
    await hall.checkIn([hall.report(id, { undo: true })], hall.helper)
    expect(await place()).toEqual(['home'])
    expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
  })

  test('whatever doors report in whatever order, all of them come to the same', async () => {
    const hall = await openHall(engine, { phase: 'live' })
    const { id } = await hall.invite()
    const reports: CheckIn[] = [hall.report(id, { at: ago(hall, 50) }), hall.report(id, { at: ago(hall, 40), undo: true }), hall.report(id, { at: ago(hall, 30) }), hall.report(id, { at: ago(hall, 20) })]
    for (const report of reports.toReversed()) await hall.checkIn([report], hall.helper)
    expect(await here(hall, id)).toBe(reports[2]!.at)
  })
})
