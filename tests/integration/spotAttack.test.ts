import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Queries } from '../../server/db/database.ts'
import { openDesk } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'

/** Three records: 1 a promise about question 1, corrected once; 2 an answer; 3 a task that was taken back. */
async function play(desk: Desk): Promise<void> {
  const { core, host, sessionId, guests } = desk
  const { id: questionId } = await desk.ask('石矿什么时候复绿？')
  await desk.act(questionId, { action: 'approve' })
  const base = { sessionId, expectedVersion: null, questionId, handId: null, guestId: guests[0]!.id, who: '周建国', departmentId: null, text: '', dueOn: '2026-12-01' }
  const promise = { ...base, id: randomUUID(), kind: 'promise' as const }
  await core.spots.save(host, promise)
  await core.spots.save(host, { ...promise, expectedVersion: 1, text: '十二月开工' })
  await core.spots.save(host, { ...base, id: randomUUID(), kind: 'answer', dueOn: null })
  const { id, version } = await core.spots.save(host, { ...base, id: randomUUID(), kind: 'task', questionId: null })
  await core.spots.withdraw(host, { sessionId, id, expectedVersion: version, reason: '记错了' })
}

const spotOf = (db: Queries, { sessionId }: Desk, number: number) => db.updateTable('spots').where('sessionId', '=', sessionId).where('number', '=', number)

const ATTACKS: { name: string; by: (db: Queries, desk: Desk) => Promise<unknown>; number: number }[] = [
  { name: 'the date of a promise is put off', by: (db, desk) => spotOf(db, desk, 1).set({ dueOn: '2027-12-01' }).execute(), number: 1 },
  { name: 'the words of a promise are edited', by: (db, desk) => spotOf(db, desk, 1).set({ text: '争取开工' }).execute(), number: 1 },
  { name: 'somebody else has promised it', by: (db, desk) => spotOf(db, desk, 1).set({ who: '李志强' }).execute(), number: 1 },
  { name: 'it is another department’s', by: (db, desk) => spotOf(db, desk, 1).set({ department: '县水利局' }).execute(), number: 1 },
  { name: 'a promise becomes an answer', by: (db, desk) => spotOf(db, desk, 1).set({ kind: 'answer', dueOn: null }).execute(), number: 1 },
  { name: 'it is about another question', by: (db, desk) => spotOf(db, desk, 2).set({ questionId: null }).execute(), number: 2 },
  { name: 'a promise is taken back unseen', by: (db, desk) => spotOf(db, desk, 1).set({ withdrawnJson: JSON.stringify({ reason: '记错了', at: '2026-11-22T01:30:00.000Z' }) }).execute(), number: 1 },
  { name: 'what was taken back stands again', by: (db, desk) => spotOf(db, desk, 3).set({ withdrawnJson: 'null' }).execute(), number: 3 },
  { name: 'the reason is edited', by: (db, desk) => spotOf(db, desk, 3).set({ withdrawnJson: JSON.stringify({ reason: '领导要求', at: '2026-11-22T01:30:00.000Z' }) }).execute(), number: 3 },
  { name: 'it was made at another time', by: (db, desk) => spotOf(db, desk, 2).set({ at: '2026-11-21T01:30:00.000Z' }).execute(), number: 2 },
  { name: 'a record is deleted', by: (db, { sessionId }) => db.deleteFrom('spots').where('sessionId', '=', sessionId).where('number', '=', 2).execute(), number: 2 },
  {
    name: 'the last is deleted, and not counted any more',
    by: async (db, { sessionId }) => {
      await db.deleteFrom('spots').where('sessionId', '=', sessionId).where('number', '=', 3).execute()
      await db.updateTable('sessions').set({ spotCount: 2 }).where('id', '=', sessionId).execute()
    },
    number: 3,
  },
  { name: 'another number is given', by: (db, desk) => spotOf(db, desk, 3).set({ number: 4 }).execute(), number: 3 },
  {
    name: 'one is put in that nobody made',
    by: async (db, { sessionId }) => {
      const [row] = await db.selectFrom('spots').selectAll().where('sessionId', '=', sessionId).where('number', '=', 1).execute()
      if (row) await db.insertInto('spots').values({ ...row, id: randomUUID(), number: 4 }).execute()
      await db.updateTable('sessions').set({ spotCount: 4 }).where('id', '=', sessionId).execute()
    },
    number: 4,
  },
]

onBothEngines((engine) => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk(engine)
    await play(desk)
  })

  test('records that nobody touched hold', async () => {
    expect(await desk.core.ledger.check(desk.sessionId)).toMatchObject({ ok: true, questions: 1 })
  })

  describe.each(ATTACKS)('when $name', ({ by, number }) => {
    test('it is found', async () => {
      await desk.database.transact((tx) => by(tx, desk))
      expect(await desk.core.ledger.check(desk.sessionId)).toMatchObject({ ok: false, problem: 'spot', number })
    })
  })
})
