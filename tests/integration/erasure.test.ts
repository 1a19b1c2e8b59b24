import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Database } from '../../server/db/database.ts'
import { createFloorStore } from '../../server/floor/store.ts'
import { checkTables } from '../../server/ledger/check.ts'
import { createSpotStore } from '../../server/spot/store.ts'
import { createOutcomeStore } from '../../server/outcomes/store.ts'
import { createPushStore } from '../../server/notifications/store.ts'
import type { OwnQuestion } from '../../shared/questions.ts'
import { openDesk, refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import type { Engine } from '../support/engines.ts'
import { anonymous, openResidents } from '../support/residents.ts'

const PHONE = '13912345678'
const WORDS = { pending: '待审的原话甲', approved: '通过的原话乙', declined: '未采用的原话丙', answered: '已答复的原话丁，电话13700001111', chat: '聊天的原话戊', held: '待审聊天的原话己', object: '不满意的原话庚', merged: '被合并的原话辛' }
const NAME = '李小明同志'

/** Where `needle` stands in the database, as `table.column`: everything there is, whatever it is called. */
async function placesOf(database: Database, needle: string): Promise<string[]> {
  const tables = await database.read.introspection.getTables()
  const found: string[] = []
  for (const { name, columns } of tables.filter((table) => !table.isView)) {
    for (const column of columns) {
      if (/^(bytea|blob)$/i.test(column.dataType)) continue
      const text = sql`lower(cast(${sql.ref(column.name)} as text))`
      const { rows } = await sql`select 1 from ${sql.table(name)} where ${text} like ${`%${needle.toLowerCase()}%`} limit 1`.execute(database.read)
      if (rows.length > 0) found.push(`${name}.${column.name}`)
    }
  }
  return found.sort()
}

async function scene(engine: Engine) {
  const desk = await openDesk(engine, 'live', { reviewFirst: true, identity: 'anonymous' })
  const opened = openResidents(desk)
  const { core, database, sessionId, host } = desk
  const personId = await opened.verify(PHONE)
  const ask = (text: string) => desk.ask(text, { name: NAME }, personId)
  const asked: Record<'pending' | 'approved' | 'declined' | 'answered' | 'merged', OwnQuestion> = {
    pending: await ask(WORDS.pending),
    approved: await ask(WORDS.approved),
    declined: await ask(WORDS.declined),
    answered: await ask(WORDS.answered),
    merged: await ask(WORDS.merged),
  }
  const other = await desk.ask('别人的问题')
  for (const { id } of [asked.approved, asked.answered, other]) await desk.act(id, { action: 'approve' })
  await desk.act(asked.declined.id, { action: 'decline', code: 'off_topic', reason: '与主题无关' })
  await desk.act(asked.merged.id, { action: 'merge', intoId: other.id })
  await desk.vote(other.id, personId)
  await desk.vote(asked.answered.id)
  await desk.act(asked.answered.id, { action: 'air', replacing: null, seconds: 0 })
  await desk.act(asked.answered.id, { action: 'answer' })
  await core.objections.object(personId, { sessionId, questionId: asked.answered.id, reason: WORDS.object })
  await core.moderation.setWords(host, { sessionId, scope: 'session', words: ['己'] })
  await desk.say(WORDS.chat, personId, NAME)
  await desk.say(WORDS.held, personId, NAME)
  const pollId = randomUUID()
  const { version } = await core.polls.save(host, { sessionId, id: pollId, expectedVersion: null, kind: 'words', title: '一个词', options: [], maxChoices: 1, showResults: 'live' })
  await core.polls.act(host, { sessionId, pollId, action: 'open', expectedVersion: version })
  await core.pollAnswers.answer(personId, { sessionId, pollId, choices: ['公交'] })
  const consented = await opened.publish()
  desk.wait(1_000)
  await core.consents.give(personId, { version: consented, locale: 'zh-CN' })
  await database.transact((tx) => createPushStore(tx).put({ endpoint: `https://push.example/${personId}`, keys: { p256dh: 'a', auth: 'b' }, locale: 'zh-CN', personId, createdAt: desk.now().toISOString() }))
  return { desk, ...opened, personId, asked, other, pollId }
}

onBothEngines((engine) => {
  describe('who is erased', () => {
    it('is found nowhere, but for what everybody could read', async () => {
      const { desk, residents, personId } = await scene(engine)
      const { database } = desk
      expect(await placesOf(database, NAME)).not.toEqual([])
      expect(await residents.erasing.erase(anonymous(personId))).toEqual({ withdrawn: 4, unnamed: 1, chat: 2 })

      // What every process is told, and what goes with time.
      expect(await placesOf(database, personId)).toEqual(['rights_changes.person_id'])
      for (const needle of [NAME, PHONE, '13700001111', WORDS.pending, WORDS.approved, WORDS.declined, WORDS.merged, WORDS.chat, WORDS.held, WORDS.object]) expect(await placesOf(database, needle), needle).toEqual([])
      expect(await placesOf(database, '已答复的原话丁')).toEqual(['events.payload_json', 'questions.original_text', 'questions.text'])
      expect(await database.read.selectFrom('audit').select(['actor', 'actorId', 'subject', 'address', 'detailJson']).where('action', '=', 'erasure').execute()).toEqual([
        { actor: '', actorId: null, subject: '', address: '', detailJson: JSON.stringify({ withdrawn: 4, unnamed: 1, chat: 2 }) },
      ])
    })

    it('leaves the session as everybody knows it: numbers, votes, answers, polls, and a ledger that holds', async () => {
      const { desk, residents, personId, asked, other } = await scene(engine)
      const { core, sessionId } = desk
      const before = await desk.view('desk')
      await residents.erasing.erase(anonymous(personId))
      const after = await desk.view('desk')
      const of = (view: typeof after, id: string) => view.desk?.find((question) => question.id === id)
      expect(of(after, other.id)?.votes).toBe(of(before, other.id)?.votes)
      expect(of(after, asked.answered.id)).toMatchObject({ state: 'answered', name: null, text: of(before, asked.answered.id)?.text, votes: 1, objections: 0, edited: false })
      expect(after.polls.map(({ answers, counts }) => ({ answers, counts }))).toEqual(before.polls.map(({ answers, counts }) => ({ answers, counts })))
      expect(after.chat).toEqual([])
      expect(after.moderation?.heldChat).toEqual([])
      const session = await core.stores.sessions.byId(sessionId)
      const tables = { session: session!, entries: await desk.ledger(), questions: await createOutcomeStore(desk.database.read).everyQuestion(sessionId), spots: await createSpotStore(desk.database.read).inSession(sessionId), hands: await createFloorStore(desk.database.read).everyOne(sessionId) }
      expect(checkTables(tables)).toMatchObject({ ok: true })
    })

    it('is told to whoever is there: applying the events gives what a fresh page shows', async () => {
      const { desk, residents, personId } = await scene(engine)
      const before = await desk.view()
      const head = (await desk.core.stores.sessions.byId(desk.sessionId))!.seq
      await residents.erasing.erase(anonymous(personId))
      const now = (await desk.core.stores.sessions.byId(desk.sessionId))!.seq
      const told = (await desk.core.stores.events.after(desk.sessionId, head, now, ['public'])).map(({ event }) => event)
      const questions = new Map(before.questions.map((question) => [question.id, question]))
      const chat = new Map(before.chat.map((message) => [message.id, message]))
      for (const event of told) {
        if (event.type === 'question') questions.set(event.question.id, event.question)
        if (event.type === 'question_hidden') questions.delete(event.id)
        if (event.type === 'chat_deleted') chat.delete(event.id)
      }
      const after = await desk.view()
      expect([...questions.values()].sort((a, b) => a.number - b.number)).toEqual(after.questions)
      expect([...chat.values()]).toEqual(after.chat)
    })

    it('may ask for it again, and nothing more happens', async () => {
      const { desk, residents, personId } = await scene(engine)
      await residents.erasing.erase(anonymous(personId))
      const whole = async () => [await desk.database.read.selectFrom('questions').selectAll().orderBy('id').execute(), await desk.database.read.selectFrom('votes').selectAll().orderBy('personId').execute(), await desk.ledger()]
      const once = await whole()
      expect(await residents.erasing.erase(anonymous(personId))).toEqual({ withdrawn: 0, unnamed: 0, chat: 0 })
      expect(await whole()).toEqual(once)
      expect(await desk.database.read.selectFrom('audit').select('id').where('action', '=', 'erasure').execute()).toHaveLength(1)
    })

    it('may come back with the same number as somebody new', async () => {
      const { residents, personId, verify } = await scene(engine)
      await residents.erasing.erase(anonymous(personId))
      expect(await verify(PHONE)).not.toBe(personId)
    })

    it('is no member of the staff', async () => {
      const { residents, personId } = await scene(engine)
      expect(await refusalOf(residents.erasing.erase({ personId, signInId: randomUUID(), kind: 'staff' }))).toEqual({ code: 'forbidden' })
    })
  })

  describe('what is kept of somebody', () => {
    it('is given to them whole and readable', async () => {
      const { residents, personId, asked, pollId } = await scene(engine)
      const { kept, ...head } = await residents.data.of(personId)
      expect(head).toMatchObject({ format: 'fangtan-personal-data', version: 1, personId })
      expect(kept).toMatchObject({
        questions: [{ text: WORDS.pending, originalText: WORDS.pending, name: NAME, receipt: asked.pending.receipt }, {}, {}, { originalText: WORDS.answered, state: 'answered' }, {}],
        pollAnswers: [{ pollId, choices: ['公交'] }],
        objections: [{ questionId: asked.answered.id, reason: WORDS.object }],
        chat: [{ text: WORDS.chat, name: NAME }, { text: WORDS.held }],
        verifications: [{ method: 'phone', provider: 'sms', identity: { phone: PHONE } }],
        consents: [{ version: 1, locale: 'zh-CN' }],
        push: [{ endpoint: `https://push.example/${personId}` }],
        signIns: [{ kind: 'resident', device: '测试浏览器' }],
      })
      expect((kept['activity'] as { from: { address: string } }[]).every(({ from }) => from.address !== '')).toBe(true)
      expect((kept['votes'] as unknown[]).length).toBe(1)
      expect(JSON.stringify(kept)).not.toMatch(/"(token|sealed|salt|personId)"/)
    })

    it('of a stranger is nothing', async () => {
      const { residents } = await scene(engine)
      const { kept } = await residents.data.of(randomUUID())
      expect(Object.values(kept)).toEqual(Object.values(kept).map(() => []))
    })
  })

  describe('a look-up', () => {
    const reason = '公安机关依法调取'

    it('shows an administrator who spoke and from where, and is written down first', async () => {
      const { desk, residents, asked } = await scene(engine)
      const { sessionId, host, database } = desk
      const found = await residents.lookUps.find(host, '192.0.2.1', { sessionId, subject: 'question', id: asked.pending.id, reason })
      expect(found).toMatchObject({ text: WORDS.pending, verified: [{ method: 'phone', provider: 'sms', identity: PHONE }], network: { device: '' } })
      const [row] = await database.read.selectFrom('audit').selectAll().where('action', '=', 'look_up').execute()
      expect(row).toMatchObject({ actorId: host, sessionId, address: '192.0.2.1' })
      expect(JSON.parse(row!.detailJson)).toEqual({ subject: 'question', id: asked.pending.id, reason })
      expect(JSON.stringify(row)).not.toContain(PHONE)
    })

    it('is for administrators, and about what was said in that session', async () => {
      const { desk, residents, asked } = await scene(engine)
      const { sessionId, host, moderator } = desk
      const input = { sessionId, subject: 'question', id: asked.pending.id, reason } as const
      for (const who of [moderator, randomUUID()]) expect(await refusalOf(residents.lookUps.find(who, '', input))).toEqual({ code: 'forbidden' })
      for (const wrong of [{ ...input, id: randomUUID() }, { ...input, subject: 'chat' as const }, { ...input, sessionId: 'elsewhere0' }]) expect(await refusalOf(residents.lookUps.find(host, '', wrong))).toEqual({ code: 'not_found' })
      expect(await desk.database.read.selectFrom('audit').select('id').where('action', '=', 'look_up').execute()).toEqual([])
    })

    it('finds nobody behind what was erased', async () => {
      const { desk, residents, personId, asked } = await scene(engine)
      await residents.erasing.erase(anonymous(personId))
      expect(await residents.lookUps.find(desk.host, '', { sessionId: desk.sessionId, subject: 'question', id: asked.answered.id, reason })).toMatchObject({ verified: [], network: null })
    })
  })
})
