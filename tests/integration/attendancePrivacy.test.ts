import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createLinkStore } from '../../server/accounts/linkStore.ts'
import { FORGOTTEN } from '../../server/questions/forgetting.ts'
import { DEFAULT_SITE } from '../../shared/site.ts'
import { onBothEngines } from '../support/engines.ts'
import type { Engine } from '../support/engines.ts'
import { everyByte, everyRow, tablesWith } from '../support/everything.ts'
import { openHall } from '../support/hall.ts'
import { anonymous, openResidents } from '../support/residents.ts'

const DAY = 86_400_000
const PHONE = '13812345678'
const NAMES = { applicant: '赵女士本人', representative: '钱代表本人', walkIn: '孙路人本人', given: '李大爷本人', quiet: '周小妹本人' }

/** A symposium with everything that those leave behind who come and speak. */
async function scene(engine: Engine) {
  const hall = await openHall(engine, { phase: 'live', settings: { seats: 0, applyUntil: '2026-12-31T00:00:00.000Z' } })
  const opened = openResidents(hall)
  const { core, sessionId, host, helper } = hall
  const { settings } = await hall.list()
  await core.floor.set(host, { sessionId, expectedVersion: 0, open: true, seconds: 120, tables: [] })
  const act = async (handId: string, step: { action: 'start'; seconds: number; reason: string } | { action: 'finish' } | { action: 'dismiss'; reason: string }) => {
    const hand = await hall.database.read.selectFrom('hands').select('version').where('id', '=', handId).executeTakeFirstOrThrow()
    await core.floor.act(host, { sessionId, handId, expectedVersion: hand.version, ...step })
  }
  const raise = async (personId: string, name: string | null, about: string) => {
    const id = randomUUID()
    await core.floor.raise(personId, '', { sessionId, id, name, questionId: null, topicId: null, tableId: null, about })
    return id
  }

  const applicant = randomUUID()
  const line = randomUUID()
  await hall.apply(applicant, { id: line, name: NAMES.applicant, phone: PHONE, note: '我住三号楼' })
  await hall.act(line, { action: 'accept' })
  await core.floor.enterHall(applicant, '', { sessionId, code: settings.hallCode })
  const spoken = await raise(applicant, NAMES.applicant, '想说电梯')
  await act(spoken, { action: 'start', seconds: 60, reason: '先请这位' })
  await act(spoken, { action: 'finish' })
  const waiting = await raise(applicant, NAMES.applicant, '还想说停车')

  const representative = await hall.invite({ name: NAMES.representative, phone: PHONE, forumId: hall.mountain.id })
  await hall.reply(representative.personId)
  const walkIn = randomUUID()
  await hall.checkIn([hall.report(line), hall.report(representative.id), hall.report(walkIn, { walkIn: { name: NAMES.walkIn, forumId: null } })], helper)
  const given = randomUUID()
  await core.floor.raiseFor(helper, { sessionId, id: given, attendeeId: null, name: NAMES.given, seat: '5排5座', topicId: null, tableId: null, about: '说说路灯' })
  const quiet = randomUUID()
  const dismissed = await raise(quiet, NAMES.quiet, '没轮到的话')
  await act(dismissed, { action: 'dismiss', reason: '人已离开' })
  return { ...hall, ...opened, raise, applicant, lineId: line, spoken, waiting, representative, walkIn, given, quiet, dismissed }
}

onBothEngines((engine) => {
  describe('who is erased', () => {
    test('is in no list, queue or hall any more; what was said in public stays, without a name', async () => {
      const hall = await scene(engine)
      const { database, applicant, core, sessionId } = hall
      expect(await tablesWith(database, NAMES.applicant)).not.toEqual([])
      const before = (await core.stores.sessions.byId(sessionId))!.seq
      const view = await hall.view()
      await hall.residents.erasing.erase(anonymous(applicant))

      expect((await tablesWith(database, applicant)).filter((table) => table !== 'rights_changes')).toEqual([])
      for (const secret of [NAMES.applicant, PHONE, '我住三号楼', '还想说停车']) expect(await tablesWith(database, secret), secret).toEqual([])
      // What everybody was shown when it was called.
      expect((await tablesWith(database, '想说电梯')).toSorted()).toEqual(['events', 'hands'])
      expect((await hall.list()).attendees.find(({ id }) => id === hall.lineId)).toMatchObject({ name: '', phoneHint: '', note: '', state: 'accepted' })
      const hands = (await hall.view()).hands
      expect(hands.find(({ id }) => id === hall.spoken)).toMatchObject({ state: 'spoke', name: null, about: '想说电梯' })
      expect(hands.some(({ id }) => id === hall.waiting)).toBe(false)
      expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })

      // Whoever is there sees the same as whoever comes.
      const told = await hall.told('public', before)
      const shown = new Map(view.hands.map((hand) => [hand.id, hand]))
      for (const event of told) {
        if (event.type !== 'hand') continue
        if (event.hand.state === 'lowered') shown.delete(event.hand.id)
        else shown.set(event.hand.id, event.hand)
      }
      expect([...shown.values()]).toEqual(hands)
    })

    test('gives back a place, and the link of an invitation', async () => {
      const hall = await openHall(engine, { settings: { seats: 1 } })
      const [first, second] = [await hall.invite({ name: NAMES.representative, phone: PHONE }), await hall.invite()]
      await hall.reply(first.personId)
      await hall.reply(second.personId)
      const { grantId } = await hall.stored(first.id)
      await hall.database.transact((tx) => createLinkStore(tx).use({ id: grantId!, sessionId: hall.sessionId }, 'opened', { device: '她的手机', address: '203.0.113.99' }, hall.now().toISOString()))
      const { residents } = openResidents(hall)
      await residents.erasing.erase(anonymous(first.personId))
      expect(await hall.line(first.id)).toMatchObject({ name: '', state: 'declined', url: null })
      expect((await hall.own(second.personId))?.state).toBe('accepted')
      for (const secret of [NAMES.representative, PHONE, '她的手机', '203.0.113.99']) expect(await tablesWith(hall.database, secret)).toEqual([])
      expect((await tablesWith(hall.database, first.personId)).filter((table) => table !== 'rights_changes')).toEqual([])
    })
  })

  test('what somebody may have of themselves has their hands, their application and that they were in the hall', async () => {
    const hall = await scene(engine)
    const { kept } = await hall.residents.data.of(hall.applicant)
    expect(kept).toMatchObject({
      hands: [{ id: hall.spoken, name: NAMES.applicant, about: '想说电梯', state: 'spoke' }, { id: hall.waiting, state: 'waiting' }],
      attendance: [{ name: NAMES.applicant, phone: PHONE, note: '我住三号楼', state: 'accepted' }],
      inHall: [{ sessionId: hall.sessionId }],
    })
    expect((await hall.residents.data.of(hall.representative.personId)).kept).toMatchObject({ attendance: [{ name: NAMES.representative, phone: PHONE }], hands: [] })
    expect((await hall.residents.data.of(randomUUID())).kept).toMatchObject({ attendance: [], hands: [], inHall: [] })
  })

  test('once a symposium is long over nobody is in it any more; names that were called stay the public record', async () => {
    const hall = await scene(engine)
    const { core, database, host, applicant, representative, quiet } = hall
    await hall.raise(representative.personId, NAMES.representative, '论坛的意见')
    await hall.advance('end')
    const before = await hall.view()
    const { figures } = await hall.list()
    hall.wait((DEFAULT_SITE.retention.peopleDays + 1) * DAY)
    expect(await core.records.retention.preview(host, null)).toMatchObject({ hands: 5, attendees: 3, check_ins: 3, hall_people: 1 })
    expect(await core.records.retention.runDue()).toMatchObject({ hands: 5, attendees: 3, check_ins: 3, hall_people: 1 })
    expect(await core.records.retention.preview(host, null)).toMatchObject({ hands: 0, attendees: 0, check_ins: 0, hall_people: 0 })

    const rows = await everyRow(database)
    for (const [table, content] of rows) {
      for (const personId of [applicant, quiet]) expect(content, table).not.toContain(personId)
      expect(content, table).not.toContain(representative.personId)
      for (const secret of [PHONE, '我住三号楼', '还想说停车', '没轮到的话', NAMES.representative, NAMES.walkIn, NAMES.given, NAMES.quiet, '5排5座', '人已离开']) {
        // Why the desk took a hand down stands in the public ledger, as everybody read it.
        if (table === 'ledger' && secret === '人已离开') continue
        expect(content, `${secret} in ${table}`).not.toContain(secret)
      }
    }
    expect([...rows].filter(([, content]) => content.includes(NAMES.applicant)).map(([table]) => table)).toEqual(['hands'])
    const after = await hall.view()
    expect(after.hands).toEqual(before.hands)
    expect((await hall.list()).figures).toEqual(figures)
    expect(await core.ledger.check(hall.sessionId)).toMatchObject({ ok: true })
    const kept = await database.read.selectFrom('hands').select(['speaker', 'personId']).execute()
    expect(kept.every(({ speaker }) => speaker.startsWith(FORGOTTEN))).toBe(true)
    if (engine.name === 'sqlite') {
      const bytes = await everyByte(database)
      for (const secret of [NAMES.representative, NAMES.walkIn, NAMES.quiet, '我住三号楼']) expect(bytes.includes(Buffer.from(secret)), secret).toBe(false)
    }
  })
})
