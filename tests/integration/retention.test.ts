import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createPushStore } from '../../server/notifications/store.ts'
import { createPictureStore } from '../../server/pictures/store.ts'
import { FORGOTTEN } from '../../server/questions/forgetting.ts'
import { createSiteStore } from '../../server/site/store.ts'
import { createAuditStore } from '../../server/audit/store.ts'
import { RETENTION_RULES } from '../../shared/administration.ts'
import { DEFAULT_SITE } from '../../shared/site.ts'
import { openDesk, refusalOf } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { everyByte, everyRow, tablesWith } from '../support/everything.ts'

const DAY = 86_400_000
const { logDays, peopleDays, chatDays } = DEFAULT_SITE.retention
const PHONE = '13800138000'
/** Words that only the desk read. */
const SECRETS = [PHONE, '快给我修路', '她是我邻居的女儿', '其实是张三问的', '被删除的聊天', '等审的聊天']
/** Words that everybody read. */
const SHOWN = ['电梯怎么申请', '请修路', '与主题无关的提问', '大家好']

const bytesOf = (n: number) => new Uint8Array(n).fill(7)

/** A whole session with everything that people leave behind, and its people. */
async function live(desk: Desk) {
  const { core, database, sessionId, host, now } = desk
  const people = { asker: randomUUID(), voter: randomUUID(), chatter: randomUUID(), neighbour: randomUUID() }
  const at = now().toISOString()
  await database.transact(async (tx) => {
    await createPushStore(tx).put({ endpoint: 'https://push.invalid/1', personId: people.asker, keys: { p256dh: 'p', auth: 'a' }, locale: 'en', createdAt: at })
    await tx.insertInto('consents').values([{ personId: people.asker, version: 1, locale: 'en', at }, { personId: people.voter, version: 1, locale: 'en', at }]).execute()
    await tx.insertInto('guardedPeople').values([{ personId: people.asker, at }, { personId: people.chatter, at }]).execute()
    await tx.insertInto('verifications').values({ id: randomUUID(), personId: people.chatter, method: 'phone', provider: 'phone', subject: 'digest', sealed: 'sealed', at, seenAt: at }).execute()
    await createPictureStore(tx).insert({ id: randomUUID(), mime: 'image/webp', bytes: bytesOf(10), personId: people.asker, createdAt: at, sessionId })
  })
  const shown = await desk.ask(`电梯怎么申请？打${PHONE}`, { name: '赵女士' }, people.asker)
  const edited = await desk.ask('快给我修路！', {}, people.asker)
  const hidden = await desk.ask('她是我邻居的女儿', { name: '李先生' }, people.asker)
  const declined = await desk.ask('与主题无关的提问', { name: '钱先生' }, people.voter)
  const merged = await desk.ask('加装电梯怎么办？', {}, people.neighbour)
  await desk.act(shown.id, { action: 'approve' })
  await desk.act(edited.id, { action: 'edit', text: '请修路。' })
  await desk.act(edited.id, { action: 'approve' })
  await desk.act(hidden.id, { action: 'decline', code: 'privacy', reason: '涉及隐私' })
  await desk.act(declined.id, { action: 'decline', code: 'off_topic', reason: '' })
  for (const voter of [people.voter, people.chatter, randomUUID()]) await core.votes.vote(voter, { address: '198.51.100.7', userAgent: 'browser' }, { sessionId, questionId: shown.id, up: true })
  await desk.vote(edited.id, people.voter)
  await desk.act(merged.id, { action: 'merge', intoId: shown.id })
  await core.moderation.note(host, { sessionId, questionId: shown.id, id: randomUUID(), text: '其实是张三问的' })
  await desk.act(shown.id, { action: 'air', replacing: null, seconds: 0 })
  await desk.act(shown.id, { action: 'answer' })
  await core.objections.object(people.voter, { sessionId, questionId: shown.id, reason: '没有答到' })
  const poll = { id: randomUUID(), sessionId, expectedVersion: null, kind: 'single' as const, title: '满意吗', options: [{ id: randomUUID(), text: '是' }, { id: randomUUID(), text: '否' }], maxChoices: 1, showResults: 'live' as const }
  await core.polls.save(host, poll)
  await core.polls.act(host, { action: 'open', sessionId, pollId: poll.id, expectedVersion: 1 })
  await core.pollAnswers.answer(people.voter, { sessionId, pollId: poll.id, choices: [poll.options[0]?.id ?? ''] })
  await desk.say('大家好', people.chatter, '老王')
  const { message } = await desk.say('被删除的聊天', people.chatter)
  await core.chat.delete(host, { sessionId, messageId: message.id })
  const author = (await desk.view('desk')).chat[0]?.author ?? ''
  await core.moderation.sanction(host, { sessionId, author, kind: 'mute', reason: '刷屏' })
  await desk.say('等审的聊天', people.chatter)
  await desk.advance('end')
  return { people, shown, edited, hidden, declined, merged, poll, author }
}

const counts = async (desk: Desk, id: string) => {
  const { votes, merged, objections } = await desk.stored(id)
  return { votes, merged, objections }
}
const linesOf = (database: Desk['database'], table: 'audit' | 'jobRuns') => database.read.selectFrom(table as 'audit').selectAll().execute()

onBothEngines((engine) => {
  describe('once a session is long over', () => {
    test('nobody is in it any more; what everybody saw stays, and counts as before', async () => {
      const desk = await openDesk(engine)
      const { core, database, sessionId, host } = desk
      const { people, shown, edited, hidden, declined, merged, poll, author } = await live(desk)
      const before = { outcomes: (await core.outcomes.whole(sessionId)).outcomes, counts: await counts(desk, shown.id), polls: (await desk.view()).polls, chat: (await desk.view()).chat }
      for (const secret of SECRETS.filter((words) => words !== '被删除的聊天')) expect(await tablesWith(database, secret), secret).not.toEqual([])

      desk.wait((peopleDays - 1) * DAY)
      await core.records.retention.runDue()
      expect((await desk.stored(shown.id)).personId).toBe(people.asker)
      desk.wait(2 * DAY)
      expect(await core.records.retention.preview(host, null)).toMatchObject({ questions: 5, votes: 5, objections: 1, poll_answers: 1, chat_authors: 1, chat_unseen: 2, sanctions: 1, chat: 3 })
      const taken = await core.records.retention.runDue()
      expect(taken).toMatchObject({ questions: 5, votes: 5, objections: 1, poll_answers: 1, wordings: 3, sanctions: 1 })

      const rows = await everyRow(database)
      for (const [table, content] of rows) for (const personId of Object.values(people)) if (table !== 'verifications' && table !== 'guarded_people') expect(content, table).not.toContain(personId)
      for (const [table, content] of rows) for (const secret of SECRETS.filter((words) => words !== SECRETS[2])) expect(content, `${secret} in ${table}`).not.toContain(secret)
      // What was declined for somebody's privacy is the desk's record of what it decided; whose it was is gone.
      expect(await desk.stored(hidden.id)).toMatchObject({ text: '她是我邻居的女儿', name: null })
      expect(rows.get('questions')).not.toContain('李先生')
      expect((await desk.stored(edited.id)).originalText).toBe('')
      expect((await desk.stored(declined.id)).name).toBe('钱先生')
      expect(await database.read.selectFrom('votes').select('address').where('address', '!=', '').execute()).toEqual([])

      expect((await core.outcomes.whole(sessionId)).outcomes).toEqual(before.outcomes)
      expect(await counts(desk, shown.id)).toEqual(before.counts)
      expect((await desk.view()).polls).toEqual(before.polls)
      expect((await core.questions.fate(shown.receipt)).question).toMatchObject({ id: shown.id, name: '赵女士' })
      expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })

      // One person is still one: asker and voter of what is merged count as before when it is taken apart and put together again.
      const alias = async (id: string) => (await desk.stored(id)).personId
      expect(await alias(shown.id)).toMatch(new RegExp(`^${FORGOTTEN}`))
      expect(await alias(shown.id)).toBe(await alias(edited.id))
      expect(await alias(merged.id)).not.toBe(await alias(declined.id))
      await desk.act(merged.id, { action: 'split' })
      await desk.act(merged.id, { action: 'merge', intoId: shown.id })
      expect(await counts(desk, shown.id)).toEqual(before.counts)

      for (const personId of Object.values(people)) {
        const view = await desk.view('participant', personId)
        expect([view.own, view.votes, view.objections, view.ownPolls]).toEqual([[], [], {}, {}])
      }
      expect(poll.options).toHaveLength(2)
      expect((await desk.view('desk')).moderation?.sanctions).toEqual([])
      expect(JSON.stringify([...rows])).not.toContain(author)
    })

    test('what was public in words stays readable, what was not is gone from the file itself', async () => {
      if (engine.name !== 'sqlite') return
      const desk = await openDesk(engine)
      await live(desk)
      desk.wait((Math.max(peopleDays, chatDays) + 1) * DAY)
      await desk.core.records.retention.runDue()
      const bytes = await everyByte(desk.database)
      const inFile = (text: string) => bytes.includes(Buffer.from(text))
      expect(SHOWN.filter((words) => !inFile(words))).toEqual(['大家好'])
      expect(SECRETS.filter(inFile)).toEqual(['她是我邻居的女儿'])
    })

    test('chat has a period of its own', async () => {
      const desk = await openDesk(engine)
      const { core, database, host } = desk
      await live(desk)
      await database.transact((tx) => createSiteStore(tx).set('retention', { ...DEFAULT_SITE.retention, chatDays: 2 }, 0, host, desk.now().toISOString()))
      desk.wait(3 * DAY)
      expect(await core.records.retention.run(host, '')).toMatchObject({ chat: 3, questions: 0 })
      expect((await desk.view()).chat).toEqual([])
      expect(await tablesWith(database, '大家好')).toEqual([])
    })

    test('whoever looks, or comes back, is given the page as it now is', async () => {
      const desk = await openDesk(engine)
      const { core, sessionId } = desk
      await live(desk)
      const { epoch, seq } = await core.sync.join(desk.host, { sessionId, as: 'desk', since: null })
      desk.wait((peopleDays + 1) * DAY)
      await core.records.retention.runDue()
      const back = await core.sync.join(desk.host, { sessionId, as: 'desk', since: { epoch, seq } })
      expect(back.snapshot?.desk?.every(({ notes }) => notes.length === 0)).toBe(true)
      expect(back.snapshot?.chat.every((message) => message.waiting !== true)).toBe(true)
    })

    test('votes of which nobody knows any more where they came from are not judged anew', async () => {
      const desk = await openDesk(engine)
      const { core, database, sessionId, host } = desk
      const { id } = await desk.ask('刷票的提问')
      await desk.act(id, { action: 'approve' })
      for (let voter = 0; voter < 12; voter++) await core.votes.vote(randomUUID(), { address: '198.51.100.7', userAgent: 'bot' }, { sessionId, questionId: id, up: true })
      const flag = (await desk.view('desk')).moderation?.flags[0]
      await core.judges.judge(host, { sessionId, flagId: flag?.id ?? '', verdict: 'set_aside', note: '同一设备' })
      const before = await desk.stored(id)
      await desk.advance('end')
      desk.wait((peopleDays + 1) * DAY)
      expect(await core.records.retention.runDue()).toMatchObject({ flags: 1 })
      expect((await refusalOf(core.judges.judge(host, { sessionId, flagId: flag?.id ?? '', verdict: 'dismissed', note: '' }))).code).toBe('wrong_state')
      expect(await desk.stored(id)).toMatchObject({ votes: before.votes, setAsideVotes: before.setAsideVotes })
      expect((await database.read.selectFrom('voteFlags').select('source').executeTakeFirstOrThrow()).source).toBe('forgotten')
    })
  })

  test('what says who did what from where goes with the log', async () => {
    const desk = await openDesk(engine)
    const { core, database, sessionId, host } = desk
    const at = desk.now().toISOString()
    const [old, fresh] = [at, new Date(desk.now().getTime() + 10 * DAY).toISOString()]
    const grant = await database.read.selectFrom('grants').select('id').where('sessionId', '=', sessionId).executeTakeFirstOrThrow()
    const person = randomUUID()
    await database.transact(async (tx) => {
      for (const moment of [old, fresh]) {
        const id = randomUUID()
        await tx.insertInto('activity').values({ id, at: moment, personId: person, sessionId, subject: 'chat', subjectId: id, sealed: 'sealed' }).execute()
        await tx.insertInto('linkUses').values({ id, grantId: grant.id, sessionId, kind: 'opened', at: moment, device: 'd', address: 'a', seenAt: null }).execute()
        await tx.insertInto('rightsChanges').values({ id, personId: person, reason: 'revoked', at: moment }).execute()
        await tx.insertInto('phoneCodes').values({ id, personId: person, phone: 'p', code: 'c', attempts: 0, createdAt: moment, expiresAt: moment }).execute()
        await tx.insertInto('invitations').values({ id, purpose: 'invite', token: id, accountId: null, name: 'n', role: 'staff', departmentId: null, by: 'b', createdAt: moment, expiresAt: moment, usedAt: null, revokedAt: null }).execute()
        await tx.insertInto('deliveries').values({ id, kind: 'webhook', target: 't', event: 'test', bodyJson: '{}', state: 'delivered', attempts: 1, outcome: '200', createdAt: moment, nextAt: null, questionId: null }).execute()
        await tx.insertInto('signIns').values({ id, personId: person, kind: 'resident', token: id, previous: null, rotatedAt: moment, createdAt: moment, seenAt: moment, expiresAt: '2999-01-01T00:00:00.000Z', address: '203.0.113.5', device: 'd' }).execute()
      }
      for (const moment of [old, fresh]) await createAuditStore(tx).append({ actor: '王芳', actorId: null, address: '203.0.113.7', action: 'sign_in', subject: '' }, moment)
      await tx.insertInto('signIns').values({ id: randomUUID(), personId: person, kind: 'resident', token: 'expired', previous: null, rotatedAt: old, createdAt: old, seenAt: old, expiresAt: old, address: '', device: '' }).execute()
    })
    desk.wait(logDays * DAY + 60_000)
    const outcome = await core.records.retention.run(host, '203.0.113.9')
    expect(outcome).toMatchObject({ activity: 1, link_uses: 1, rights_changes: 1, phone_codes: 1, invitations: 1, deliveries: 1, sign_ins: 1, addresses: 1 })
    expect((await linesOf(database, 'audit')).filter(({ actor }) => actor === '王芳').map(({ address }) => address).toSorted()).toEqual(['', '203.0.113.7'])
    expect(await database.read.selectFrom('activity').select('at').execute()).toEqual([{ at: fresh }])
    expect((await database.read.selectFrom('signIns').select(['address', 'seenAt']).orderBy('seenAt').execute()).map(({ address }) => address)).toEqual(['', '203.0.113.5'])
    const noted = (await linesOf(database, 'audit')).find(({ action }) => action === 'retention')
    expect(noted).toMatchObject({ actorId: host, address: '203.0.113.9' })
    expect(JSON.parse(noted?.detailJson ?? '')).toMatchObject({ activity: 1, link_uses: 1 })
    expect(await linesOf(database, 'jobRuns')).toMatchObject([{ job: 'retention', outcome: 'ok' }])
  })

  test('of whom nothing is left, nothing is kept; whoever was verified is kept as long as they come', async () => {
    const desk = await openDesk(engine)
    const { core, database } = desk
    const { people } = await live(desk)
    desk.wait((peopleDays + 1) * DAY)
    await core.records.retention.runDue()
    expect(await database.read.selectFrom('pushSubscriptions').selectAll().execute()).toEqual([])
    expect(await database.read.selectFrom('consents').selectAll().execute()).toEqual([])
    expect((await database.read.selectFrom('guardedPeople').select('personId').execute()).map(({ personId }) => personId)).toEqual([people.chatter])
    expect(await database.read.selectFrom('pictures').select('id').execute()).toEqual([])
    desk.wait(DEFAULT_SITE.retention.verifiedDays * DAY)
    await core.records.retention.runDue()
    expect(await database.read.selectFrom('verifications').selectAll().execute()).toEqual([])
    expect(await database.read.selectFrom('guardedPeople').selectAll().execute()).toEqual([])
  })

  test('what went before a failure is gone, and is an act', async () => {
    const desk = await openDesk(engine)
    const { core, database, host } = desk
    await live(desk)
    desk.wait((peopleDays + 1) * DAY)
    await database.transact((tx) => sql`alter table consents rename to elsewhere`.execute(tx))
    await expect(core.records.retention.run(host, '203.0.113.9')).rejects.toThrow()
    const noted = (await linesOf(database, 'audit')).find(({ action }) => action === 'retention')
    expect(JSON.parse(noted?.detailJson ?? '')).toMatchObject({ questions: 5, wordings: 3, chat: 1, chat_unseen: 2, pictures: 1 })
    expect(await linesOf(database, 'jobRuns')).toMatchObject([{ job: 'retention', outcome: 'failed' }])
    await database.transact((tx) => sql`alter table elsewhere rename to consents`.execute(tx))
    expect(await core.records.retention.run(host, '')).toMatchObject({ questions: 0, consents: 2 })
  })

  test('nobody is forgotten while late votes are taken', async () => {
    const desk = await openDesk(engine, 'live', { lateMinutes: 3 * 24 * 60 })
    const { core, database, host } = desk
    const { id } = await desk.ask('电梯怎么申请')
    await desk.act(id, { action: 'approve' })
    const voter = randomUUID()
    await desk.vote(id, voter)
    await database.transact((tx) => createSiteStore(tx).set('retention', { ...DEFAULT_SITE.retention, peopleDays: 1, chatDays: 1 }, 0, host, desk.now().toISOString()))
    await desk.advance('end')
    desk.wait(2 * DAY)
    expect(await core.records.retention.run(host, '')).toMatchObject({ votes: 0 })
    await desk.vote(id, voter)
    expect((await desk.stored(id)).votes).toBe(1)
    desk.wait(DAY)
    expect(await core.records.retention.run(host, '')).toMatchObject({ votes: 1 })
  })

  test('who is verified stays so while they come, and while their vote is being counted', async () => {
    const desk = await openDesk(engine)
    const { core, database, host } = desk
    const { verifiedDays } = DEFAULT_SITE.retention
    const { id } = await desk.ask('电梯怎么申请')
    await desk.act(id, { action: 'approve' })
    const [voter, comer, gone] = [randomUUID(), randomUUID(), randomUUID()]
    await desk.vote(id, voter)
    const at = desk.now().toISOString()
    desk.wait((verifiedDays - 10) * DAY)
    const lately = desk.now().toISOString()
    await database.transact(async (tx) => {
      for (const personId of [voter, comer, gone]) await tx.insertInto('verifications').values({ id: randomUUID(), personId, method: 'phone', provider: 'phone', subject: personId, sealed: 'sealed', at, seenAt: at }).execute()
      await tx.insertInto('signIns').values({ id: randomUUID(), personId: comer, kind: 'resident', token: 'token', previous: null, rotatedAt: at, createdAt: at, seenAt: lately, expiresAt: '2999-01-01T00:00:00.000Z', address: '', device: '' }).execute()
      // Announced long ahead: nobody would call it abandoned.
      await tx.updateTable('sessions').set({ startsAt: lately }).execute()
    })
    const left = async () => (await database.read.selectFrom('verifications').select('personId').execute()).map(({ personId }) => personId).sort()
    desk.wait(20 * DAY)
    expect(await core.records.retention.preview(host, null)).toMatchObject({ verifications: 1 })
    expect(await core.records.retention.run(host, '')).toMatchObject({ verifications: 1 })
    expect(await left()).toEqual([voter, comer].sort())
    await desk.advance('end')
    expect(await core.records.retention.run(host, '')).toMatchObject({ verifications: 0 })
    desk.wait(8 * DAY)
    expect(await core.records.retention.run(host, '')).toMatchObject({ verifications: 1 })
    expect(await left()).toEqual([comer])
  })

  test('acts go last, and the deleting is an act', async () => {
    const desk = await openDesk(engine)
    const { core, database, sessionId } = desk
    expect((await linesOf(database, 'audit')).map(({ action }) => action)).toEqual(['session_create', 'session_phase', 'session_phase'])
    desk.wait((DEFAULT_SITE.retention.auditDays + 1) * DAY)
    await core.records.retention.runDue()
    expect((await linesOf(database, 'audit')).map(({ action, actor }) => [action, actor])).toEqual([['retention', 'system']])
    expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
  })

  test('pictures that something shows stay', async () => {
    const desk = await openDesk(engine)
    const { core, database, sessionId, guests, host, now } = desk
    const [portrait, emblem, unused] = [randomUUID(), randomUUID(), randomUUID()]
    await database.transact(async (tx) => {
      for (const id of [portrait, emblem, unused]) await createPictureStore(tx).insert({ id, mime: 'image/webp', bytes: bytesOf(10), personId: host, createdAt: now().toISOString(), sessionId: null })
      await createSiteStore(tx).set('branding', { ...DEFAULT_SITE.branding, emblemId: emblem }, 0, host, now().toISOString())
    })
    const { id: _id, phase: _phase, version, wentLiveAt: _live, endedAt: _ended, createdAt: _created, intake: _intake, seal: _seal, ...edit } = (await desk.view()).session
    await core.sessions.edit(host, sessionId, { ...edit, guests: [{ ...guests[0]!, pictureId: portrait }], expectedVersion: version })
    desk.wait(8 * DAY)
    expect(await core.records.retention.runDue()).toMatchObject({ pictures: 1 })
    expect(new Set((await database.read.selectFrom('pictures').select('id').execute()).map(({ id }) => id))).toEqual(new Set([portrait, emblem]))
  })

  test('runs once a day, however many processes ask, and never twice at once', async () => {
    const desk = await openDesk(engine)
    const { core, database, host } = desk
    const { retention } = core.records
    expect((await Promise.all([retention.runDue(), retention.runDue(), retention.runDue()])).filter((run) => run !== null)).toHaveLength(1)
    expect(await retention.runDue()).toBeNull()
    desk.wait(DAY)
    expect(await retention.runDue()).not.toBeNull()
    const both = await Promise.allSettled([retention.run(host, ''), retention.run(host, '')])
    // On a busy machine the second may begin when the first is done already.
    const done = both.filter(({ status }) => status === 'fulfilled').length
    expect(done).toBeGreaterThan(0)
    expect((await linesOf(database, 'jobRuns')).length).toBe(2 + done)
    // A process that died in the middle keeps the job from nobody for long.
    await database.transact((tx) => tx.insertInto('meta').values({ key: 'lease.retention', value: new Date(desk.now().getTime() + 60_000).toISOString() }).execute())
    expect((await refusalOf(retention.run(host, ''))).code).toBe('rate_limited')
    desk.wait(60_001)
    expect(Object.keys(await retention.run(host, ''))).toEqual([...RETENTION_RULES])
  })

  test('only administrators look and run', async () => {
    const desk = await openDesk(engine)
    const { core, moderator } = desk
    for (const personId of [moderator, randomUUID()]) {
      expect((await refusalOf(core.records.retention.preview(personId, null))).code).toBe('forbidden')
      expect((await refusalOf(core.records.retention.run(personId, ''))).code).toBe('forbidden')
    }
  })
})
