import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createAuditStore } from '../../server/audit/store.ts'
import { SYSTEM } from '../../server/audit/rules.ts'
import type { AuditNote } from '../../server/audit/rules.ts'
import { AUDIT_ACTIONS, RETENTION_RULES } from '../../shared/administration.ts'
import type { AuditEntry, AuditPage } from '../../shared/administration.ts'
import { openDesk, refusalOf } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { createPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const write = ({ database }: Desk, at: string, note: Partial<AuditNote> = {}) => database.transact((tx) => createAuditStore(tx).append({ ...SYSTEM, action: 'setting', subject: '', ...note }, at))

/** The cells of a table: RFC 4180, as spreadsheets read it. */
const cells = (table: string): string[][] =>
  table
    .replace('\ufeff', '')
    .split('\r\n')
    .slice(0, -1)
    .map((line) => [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/gs)].map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)))

onBothEngines((engine) => {
  async function everyPage(desk: Desk, query: Parameters<Desk['core']['records']['audit']['page']>[1] = {}): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = []
    for (let before: string | null | undefined; before !== null; ) {
      const page = await desk.core.records.audit.page(desk.host, { ...query, ...(before ? { before } : {}) })
      entries.push(...page.entries)
      before = page.next
    }
    return entries
  }

  test('what staff do is written down, with who, where and from where', async () => {
    const desk = await openDesk(engine)
    const { core, sessionId, host, moderator, ask, view } = desk
    await ask('问题', {}, randomUUID())
    const author = (await view('desk')).desk?.[0]?.asker ?? ''
    await core.moderation.sanction(moderator, { sessionId, author, kind: 'ban', reason: '辱骂，电话13800138000' }, '203.0.113.1')
    await core.moderation.setWords(moderator, { sessionId, scope: 'session', words: ['机密词'] }, '203.0.113.2')
    await core.moderation.setWords(host, { sessionId, scope: 'platform', words: ['机密词', '另一个'] }, '203.0.113.3')
    await core.exports.questionsTable(moderator, sessionId, 'zh-CN', '203.0.113.4')
    await core.exports.questions(host, sessionId, '203.0.113.5')
    const { id: _id, phase: _phase, version, wentLiveAt: _live, endedAt: _ended, createdAt: _created, intake: _intake, seal: _seal, ...edit } = (await view()).session
    await core.sessions.edit(host, sessionId, { ...edit, title: '改名的访谈', expectedVersion: version }, '203.0.113.6')
    const entries = await everyPage(desk)
    expect(entries.map(({ action, subject, address, detail }) => [action, subject, address, detail])).toEqual([
      ['session_edit', '改名的访谈', '203.0.113.6', {}],
      ['export', '住建局在线访谈', '203.0.113.5', { as: 'json', questions: 1 }],
      ['export', '住建局在线访谈', '203.0.113.4', { as: 'csv', questions: 1 }],
      ['words', 'platform', '203.0.113.3', { words: 2 }],
      ['words', 'session', '203.0.113.2', { words: 1 }],
      ['sanction', '住建局在线访谈', '203.0.113.1', { kind: 'ban', reason: '辱骂，电话138****8000' }],
      ['session_phase', '住建局在线访谈', '', { action: 'start', from: 'backstage', to: 'live' }],
      ['session_phase', '住建局在线访谈', '', { action: 'open_backstage', from: 'announced', to: 'backstage' }],
      ['session_create', '住建局在线访谈', '', {}],
    ])
    expect(entries.find(({ action }) => action === 'sanction')).toMatchObject({ actorId: moderator, actor: 'moderator', sessionId })
    expect(entries.find(({ subject }) => subject === 'platform')).toMatchObject({ actorId: host, sessionId: null })
    expect(JSON.stringify(entries)).not.toMatch(/机密词/)
  })

  test('of an edit, whom it lets take part and how many guests it concerns', async () => {
    const desk = await openDesk(engine, 'announced')
    const { id: _id, phase: _phase, version, wentLiveAt: _live, endedAt: _ended, createdAt: _created, intake: _intake, seal: _seal, ...edit } = (await desk.view()).session
    const [first] = edit.guests
    const guests = [...(first ? [first] : []), ...['张三', '李四'].map((name) => ({ id: randomUUID(), name, post: '', department: '', pictureId: null, departmentId: null, spokesperson: false }))]
    await desk.core.sessions.edit(desk.host, desk.sessionId, { ...edit, guests, settings: { ...edit.settings, identity: 'phone' }, expectedVersion: version })
    expect((await everyPage(desk, { action: 'session_edit' })).map(({ detail }) => detail)).toEqual([{ identity: 'phone', added: 2, removed: 1 }])
  })

  test('of a chat message that was deleted, by whom it was, once, and neither its words nor whose they were', async () => {
    const desk = await openDesk(engine)
    const { core, sessionId, moderator } = desk
    await core.moderation.setWords(desk.host, { sessionId, scope: 'session', words: ['等审'] })
    const author = randomUUID()
    for (const text of ['大家看见的话', '等审的话']) {
      const { message } = await desk.say(text, author)
      for (let twice = 0; twice < 2; twice++) await core.chat.delete(moderator, { sessionId, messageId: message.id }, '203.0.113.7')
    }
    const entries = await everyPage(desk, { action: 'chat_delete' })
    expect(entries.map(({ actorId, address, sessionId: of, detail }) => [actorId, address, of, detail])).toEqual([
      [moderator, '203.0.113.7', sessionId, { published: false }],
      [moderator, '203.0.113.7', sessionId, { published: true }],
    ])
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`的话|${author}`))
  })

  test('a refused act is none', async () => {
    const desk = await openDesk(engine)
    const { core, sessionId, host } = desk
    const before = (await everyPage(desk)).length
    await refusalOf(core.sessions.phase(host, { sessionId, action: 'end', expectedVersion: 99 }))
    await refusalOf(core.moderation.setWords(randomUUID(), { sessionId, scope: 'platform', words: [] }))
    await refusalOf(core.exports.questions(randomUUID(), sessionId))
    expect(await everyPage(desk)).toHaveLength(before)
  })

  test('is read newest first, page by page, also where many share a moment', async () => {
    const desk = await openDesk(engine, 'announced')
    const moments = ['2026-10-01T00:00:00.000Z', '2026-10-02T00:00:00.000Z']
    for (let index = 0; index < 230; index++) await write(desk, moments[index % 2] ?? '', { subject: String(index) })
    const entries = await everyPage(desk, { action: 'setting' })
    expect(entries).toHaveLength(230)
    expect(new Set(entries.map(({ subject }) => subject)).size).toBe(230)
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted().reverse())
    expect((await desk.core.records.audit.page(desk.host, { before: entries.at(-1)?.id ?? '' })).entries).toEqual([])
    // An entry that is gone meanwhile: from the start, rather than nothing.
    expect((await desk.core.records.audit.page(desk.host, { before: randomUUID() })).entries).toHaveLength(100)
  })

  test('is filtered by act, name, session and the county’s days', async () => {
    const desk = await openDesk(engine, 'announced')
    const { sessionId } = desk
    const base = { ...SYSTEM, actor: '100%_王\\主任' }
    await write(desk, '2026-10-01T15:59:59.999Z', { ...base, subject: 'the 1st' })
    await write(desk, '2026-10-01T16:00:00.000Z', { ...base, subject: 'the 2nd', action: 'link', sessionId })
    await write(desk, '2026-10-02T16:00:00.000Z', { actor: '李主任', subject: 'the 3rd' })
    const subjects = async (query: Parameters<typeof everyPage>[1]) => (await everyPage(desk, { to: '2026-10-31', ...query })).map(({ subject }) => subject)
    expect(await subjects({})).toEqual(['the 3rd', 'the 2nd', 'the 1st'])
    expect(await subjects({ from: '2026-10-02', to: '2026-10-02' })).toEqual(['the 2nd'])
    expect(await subjects({ to: '2026-10-01' })).toEqual(['the 1st'])
    expect(await subjects({ action: 'link' })).toEqual(['the 2nd'])
    expect(await subjects({ session: sessionId })).toEqual(['the 2nd'])
    for (const actor of ['王', '%_', '\\', '100%_王\\主任']) expect(await subjects({ actor }), actor).toEqual(['the 2nd', 'the 1st'])
    expect(await subjects({ actor: '%李' })).toEqual([])
  })

  test('is taken out as a table that no spreadsheet runs, and that is an act', async () => {
    const desk = await openDesk(engine, 'announced')
    await write(desk, '2026-10-01T00:00:00.000Z', { actor: '=HYPERLINK("http://evil")', subject: '@SUM(1)', address: '203.0.113.7', detail: { reason: '说"明"\n第二行', count: 2, none: null } })
    await write(desk, '2026-10-01T00:00:01.000Z', { actor: '', action: 'sign_in_failed', subject: '王' })
    await write(desk, '2026-10-01T00:00:02.000Z', { subject: 'by itself' })
    await write(desk, '2026-10-01T00:00:03.000Z', { actorId: randomUUID(), subject: 'by whoever chose that name' })
    const table = await desk.core.records.audit.table(desk.host, { to: '2026-10-31' }, 'zh-CN', '203.0.113.8')
    expect(table.startsWith('\ufeff')).toBe(true)
    const rows = cells(table)
    expect(rows).toEqual([
      ['时间', '操作人', '操作', '对象', '场次', '网络地址', '详情'],
      ['2026-10-01 08:00:03', 'system', '站点设置', 'by whoever chose that name', '', '', ''],
      ['2026-10-01 08:00:02', '系统自动', '站点设置', 'by itself', '', '', ''],
      ['2026-10-01 08:00:01', '未知', '登录失败', '王', '', '', ''],
      ['2026-10-01 08:00:00', `'=HYPERLINK("http://evil")`, '站点设置', `'@SUM(1)`, '', '203.0.113.7', 'reason=说"明"\n第二行; count=2; none=null'],
    ])
    const [noted] = await everyPage(desk)
    expect(noted).toMatchObject({ action: 'export', subject: 'audit', actorId: desk.host, address: '203.0.113.8', detail: { lines: 4, to: '2026-10-31' } })
    for (const action of AUDIT_ACTIONS) await write(desk, '2026-10-02T00:00:00.000Z', { action })
    const english = cells(await desk.core.records.audit.table(desk.host, { from: '2026-10-02', to: '2026-10-02' }, 'en', ''))
    expect(new Set(english.slice(1).map((row) => row[2])).size).toBe(AUDIT_ACTIONS.length)
  })

  test('only those who oversee read it, and only administrators take it out', async () => {
    const desk = await openDesk(engine)
    const { audit } = desk.core.records
    for (const personId of [desk.moderator, randomUUID()]) {
      expect((await refusalOf(audit.page(personId, {}))).code).toBe('forbidden')
      expect((await refusalOf(audit.table(personId, {}, 'en', ''))).code).toBe('forbidden')
    }
  })
})

test('what is done to webhooks is written down without what their address may hide, and read over HTTP with where it came from', async () => {
  const server = await startServer()
  const admin = await createPerson(server.url, { link: server.links.host, address: '203.0.113.20' })
  const hook = { id: randomUUID(), url: 'https://receiver.invalid/hook?token=secret', events: ['session.phase'], active: true }
  await admin.send('POST', '/api/webhooks', hook)
  await admin.send('PUT', `/api/webhooks/${hook.id}`, { url: hook.url, events: hook.events, active: false })
  await admin.send('POST', `/api/webhooks/${hook.id}/test`, {})
  await admin.send('DELETE', `/api/webhooks/${hook.id}`, {})
  await admin.send('DELETE', `/api/webhooks/${hook.id}`, {})
  const { entries, next } = await admin.get<AuditPage>('/api/admin/audit?action=webhook')
  expect(next).toBeNull()
  expect(entries.map(({ subject, address, detail }) => [subject, address, detail])).toEqual([
    ['receiver.invalid', '203.0.113.20', { act: 'delete', active: false }],
    ['receiver.invalid', '203.0.113.20', { act: 'test', active: false }],
    ['receiver.invalid', '203.0.113.20', { act: 'edit', active: false }],
    ['receiver.invalid', '203.0.113.20', { act: 'create', active: true }],
  ])
  const stranger = await createPerson(server.url)
  for (const path of ['/api/admin/audit', '/api/admin/audit.csv', '/api/admin/retention/preview']) expect((await stranger.fetch(path)).status).toBe(403)
  expect((await admin.fetch('/api/admin/audit?action=nothing')).status).toBe(400)
  expect(Object.keys(await admin.get('/api/admin/retention/preview'))).toEqual([...RETENTION_RULES])
})
