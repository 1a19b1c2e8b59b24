import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Core } from '../../server/core.ts'
import type { Database, Queries } from '../../server/db/database.ts'
import { chain, entryHash } from '../../server/ledger/rules.ts'
import type { CheckProblem, LedgerEntry, LedgerFile } from '../../shared/ledger.ts'
import type { QuestionAct } from '../../shared/questions.ts'
import { openCore } from '../support/core.ts'
import type { OpenedCore } from '../support/core.ts'
import { onBothEngines } from '../support/engines.ts'
import { WAY_TO, questionInput, sessionInput } from '../support/fixtures.ts'
import { temporaryDirectory } from '../support/program.ts'

const ROOT = join(import.meta.dirname, '../..')

/** What `npm run ledger:verify -- FILE` prints of a download, and with which code it ends. */
function verify(directory: string, file: LedgerFile, ...options: string[]): { code: number | null; printed: string } {
  const path = join(directory, `${file.sessionId}.json`)
  writeFileSync(path, JSON.stringify(file))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/ledger-verify.ts', path, ...options], { cwd: ROOT, encoding: 'utf8' })
  return { code: status, printed: (stdout + stderr).trim() }
}

type Played = { sessionId: string; file: LedgerFile }

/** A session that ended, with a question in each public fate: 1 answered in writing, 2 merged into it, 3 declined, 4 withdrawn, 5 never reviewed. */
async function play({ core, person }: OpenedCore): Promise<Played> {
  const host = await person('host')
  const input = sessionInput()
  let session = await core.sessions.create(host, input)
  const phase = async (action: (typeof WAY_TO)['ended'][number]) => (session = await core.sessions.phase(host, { sessionId: input.id, action, expectedVersion: session.version }))
  for (const action of WAY_TO.live) await phase(action)
  const asked: { id: string; by: string }[] = []
  for (const text of ['违建拆了多少处？', '违建还剩多少处？', '邻居家的事', '不想问了', '路灯几点亮？']) {
    const by = randomUUID()
    asked.push({ by, id: (await core.questions.submit(by, randomUUID(), { ...questionInput(input.id, text) })).id })
  }
  type Step = QuestionAct extends infer Act ? (Act extends QuestionAct ? Omit<Act, 'sessionId' | 'questionId' | 'expectedVersion'> : never) : never
  async function act(place: number, step: Step, by = host): Promise<void> {
    const { id } = asked[place]!
    const version = (await core.stores.questions.byId(id))?.version ?? 0
    await core.questions.act(by, { ...step, sessionId: input.id, questionId: id, expectedVersion: version })
  }
  await act(0, { action: 'approve' })
  await act(1, { action: 'merge', intoId: asked[0]!.id })
  await act(2, { action: 'decline', code: 'privacy', reason: '涉及邻居' })
  await act(3, { action: 'withdraw' }, asked[3]!.by)
  await act(0, { action: 'reply', text: '一共 214 处。', guestId: null })
  await phase('end')
  return { sessionId: input.id, file: await core.ledger.file(input.id) }
}

/** Writes a chain anew from one entry on, as somebody who knows how hashes are made would. */
function rechained(entries: readonly LedgerEntry[]): LedgerEntry[] {
  const made: LedgerEntry[] = []
  for (const { hash: _hash, previous: _previous, index: _index, ...note } of entries) {
    const before = made.at(-1)
    made.push(chain(note.sessionId, { index: before?.index ?? 0, hash: before?.hash ?? '0'.repeat(64) }, note, note.at))
  }
  return made
}

type Attack = {
  name: string
  by: (db: Queries, played: Played) => Promise<unknown>
  /** What the server's own check says. */
  problem: CheckProblem
  index?: number
  number?: number
  /** What the command says of the download; null: the chain itself was not touched. */
  offline: string | null
}

const entryOf = ({ file }: Played, number: number, action: string) => file.entries.find((entry) => entry.number === number && entry.action === action)!
const ledgerOf = (db: Queries, { sessionId }: Played) => db.updateTable('ledger').where('sessionId', '=', sessionId)
const questionOf = (db: Queries, { sessionId }: Played, number: number) => db.updateTable('questions').where('sessionId', '=', sessionId).where('number', '=', number)
const sessionOf = (db: Queries, { sessionId }: Played) => db.updateTable('sessions').where('id', '=', sessionId)

/** Replaces the whole ledger, its head and length with it. */
async function rewrite(db: Queries, played: Played, entries: LedgerEntry[]): Promise<void> {
  await db.deleteFrom('ledger').where('sessionId', '=', played.sessionId).execute()
  const rows = entries.map(({ index, from, to, detail, ...rest }) => ({ ...rest, position: index, fromState: from, toState: to, detailJson: detail && JSON.stringify(detail) }))
  await db.insertInto('ledger').values(rows).execute()
  await sessionOf(db, played).set({ ledgerHead: entries.at(-1)!.hash, ledgerIndex: entries.length }).execute()
}

const ATTACKS: Attack[] = [
  { name: 'the reason of an entry is edited', by: (db, played) => ledgerOf(db, played).set({ reason: '重复' }).where('position', '=', 11).execute(), problem: 'hash', index: 11, offline: 'entry 11 (decline of question 3' },
  { name: 'the code of an entry is edited', by: (db, played) => ledgerOf(db, played).set({ detailJson: '{"code":"spam"}' }).where('position', '=', 11).execute(), problem: 'hash', index: 11, offline: 'entry 11 (decline of question 3' },
  {
    name: 'an entry is edited and hashed anew',
    by: (db, played) => {
      const { hash: _hash, ...entry } = { ...played.file.entries[10]!, reason: '重复' }
      return ledgerOf(db, played).set({ reason: '重复', hash: entryHash(entry) }).where('position', '=', 11).execute()
    },
    problem: 'previous',
    index: 12,
    offline: 'entry 12 (withdraw of question 4',
  },
  { name: 'an entry is deleted', by: (db, { sessionId }) => db.deleteFrom('ledger').where('sessionId', '=', sessionId).where('position', '=', 7).execute(), problem: 'index', index: 7, offline: 'entry 7' },
  {
    name: 'an entry is deleted and the rest moved up',
    by: async (db, played) => {
      await db.deleteFrom('ledger').where('sessionId', '=', played.sessionId).where('position', '=', 7).execute()
      for (let position = 8; position <= played.file.entries.length; position++) await ledgerOf(db, played).set({ position: position - 1 }).where('position', '=', position).execute()
    },
    problem: 'previous',
    index: 7,
    offline: 'entry 7',
  },
  {
    name: 'two entries change places',
    by: async (db, played) => {
      for (const [from, to] of [[5, 999], [6, 5], [999, 6]] as const) await ledgerOf(db, played).set({ position: to }).where('position', '=', from).execute()
    },
    problem: 'previous',
    index: 5,
    offline: 'entry 5',
  },
  {
    name: 'an entry is put in',
    by: async (db, played) => {
      const last = played.file.entries.at(-1)!
      const { index, from, to, detail: _detail, ...made } = chain(last.sessionId, { index: last.index, hash: last.hash }, { subject: 'question', number: 5, action: 'decline', from: 'pending', to: 'declined', role: 'host', actor: 'x', reason: null, textDigest: null }, last.at)
      await db.insertInto('ledger').values({ ...made, position: index, fromState: from, toState: to, detailJson: null }).execute()
    },
    problem: 'head',
    offline: 'the head',
  },
  { name: 'the end is cut off', by: (db, { sessionId }) => db.deleteFrom('ledger').where('sessionId', '=', sessionId).where('position', '>', 12).execute(), problem: 'head', offline: 'the head' },
  { name: 'everything is deleted', by: (db, { sessionId }) => db.deleteFrom('ledger').where('sessionId', '=', sessionId).execute(), problem: 'head', offline: 'the head' },
  {
    name: 'the end is cut off, and the session’s head with it',
    by: async (db, played) => {
      await db.deleteFrom('ledger').where('sessionId', '=', played.sessionId).where('position', '>', 12).execute()
      await sessionOf(db, played).set({ ledgerHead: played.file.entries[11]!.hash, ledgerIndex: 12 }).execute()
    },
    problem: 'seal',
    index: 12,
    offline: 'entry 12',
  },
  {
    name: 'the whole chain is written anew without a question',
    by: (db, played) => rewrite(db, played, rechained(played.file.entries.filter(({ number }) => number !== 3))),
    problem: 'seal',
    offline: 'entry 12',
  },
  {
    name: 'the whole chain is written anew, head and seal with it, without a question',
    by: async (db, played) => {
      const entries = rechained(played.file.entries.filter(({ number }) => number !== 3))
      await rewrite(db, played, entries)
      await sessionOf(db, played).set({ sealJson: JSON.stringify({ ...played.file.seal, entries: entries.length, head: entries.at(-1)!.hash }) }).execute()
    },
    problem: 'missing',
    number: 3,
    offline: null,
  },
  { name: 'the published seal is edited', by: (db, played) => sessionOf(db, played).set({ sealJson: JSON.stringify({ ...played.file.seal, head: 'f'.repeat(64) }) }).execute(), problem: 'seal', index: 14, offline: 'entry 14 (end' },
  { name: 'the text of a question is edited', by: (db, played) => questionOf(db, played, 1).set({ text: '谢谢领导！' }).execute(), problem: 'text', number: 1, offline: null },
  { name: 'the salt of a question is edited', by: (db, played) => questionOf(db, played, 2).set({ salt: 'another' }).execute(), problem: 'text', number: 2, offline: null },
  { name: 'a text comes back after it was withdrawn', by: (db, played) => questionOf(db, played, 4).set({ text: '不想问了' }).execute(), problem: 'text', number: 4, offline: null },
  { name: 'the state of a question is edited', by: (db, played) => questionOf(db, played, 3).set({ state: 'answered' }).execute(), problem: 'state', number: 3, offline: null },
  { name: 'the reason of a question is edited', by: (db, played) => questionOf(db, played, 3).set({ reason: '与主题无关' }).execute(), problem: 'reason', number: 3, offline: null },
  { name: 'the code of a question is edited', by: (db, played) => questionOf(db, played, 3).set({ reasonCode: 'unlawful' }).execute(), problem: 'reason', number: 3, offline: null },
  { name: 'a question is merged into another one', by: (db, played) => questionOf(db, played, 2).set({ mergedIntoNumber: 5 }).execute(), problem: 'merge', number: 2, offline: null },
  { name: 'an answer is edited', by: (db, played) => questionOf(db, played, 1).set({ answerJson: JSON.stringify({ text: '一处也没有。', guestId: null, name: '', post: '', at: played.file.entries[0]!.at }) }).execute(), problem: 'answer', number: 1, offline: null },
  { name: 'an answer is deleted', by: (db, played) => questionOf(db, played, 1).set({ answerJson: null }).execute(), problem: 'answer', number: 1, offline: null },
  { name: 'a question is deleted', by: (db, { sessionId }) => db.deleteFrom('questions').where('sessionId', '=', sessionId).where('number', '=', 5).execute(), problem: 'missing', number: 5, offline: null },
  {
    name: 'a question is deleted, and not counted any more',
    by: async (db, played) => {
      await db.deleteFrom('questions').where('sessionId', '=', played.sessionId).where('number', '=', 5).execute()
      await sessionOf(db, played).set({ questionCount: 4 }).execute()
    },
    problem: 'missing',
    number: 5,
    offline: null,
  },
  { name: 'a question gets another number', by: (db, played) => questionOf(db, played, 5).set({ number: 6 }).execute(), problem: 'missing', number: 5, offline: null },
  { name: 'the session goes back on air', by: (db, played) => sessionOf(db, played).set({ phase: 'live' }).execute(), problem: 'phase', index: 14, offline: null },
]

onBothEngines((engine) => {
  let database: Database
  let opened: OpenedCore
  let core: Core
  let directory: string
  let played: Played

  beforeAll(async () => {
    database = await engine.open()
    opened = openCore(database)
    core = opened.core
    directory = await temporaryDirectory('attack')
  })
  beforeEach(async () => {
    played = await play(opened)
  })

  test('untouched tables hold, also after what came later', async () => {
    const { sessionId, file } = played
    expect(file.entries.map(({ action }) => action)).toEqual(['create', 'open_backstage', 'start', 'submit', 'submit', 'submit', 'submit', 'submit', 'approve', 'merge', 'decline', 'withdraw', 'reply', 'end'])
    expect(file.seal).toMatchObject({ entries: 14, head: file.head })
    expect(await core.ledger.check(sessionId)).toEqual({ ok: true, entries: 14, head: file.head, questions: 5 })
    expect(verify(directory, file)).toMatchObject({ code: 0, printed: `holds: 14 entries, head ${file.head}, sealed with 14 at ${file.seal!.at}` })
    expect(verify(directory, file, '--head', file.entries[8]!.hash)).toMatchObject({ code: 0, printed: expect.stringMatching(/the head that you noted is entry 9$/) as string })
  })

  describe.each(ATTACKS)('when $name', ({ by, problem, index, number, offline }) => {
    test('it is found', async () => {
      await database.transact((tx) => by(tx, played))
      const check = await core.ledger.check(played.sessionId)
      expect(check).toMatchObject({ ok: false, problem, ...(index === undefined ? {} : { index }), ...(number === undefined ? {} : { number }) })
      const download = await core.ledger.file(played.sessionId)
      const { code, printed } = verify(directory, download)
      if (offline === null) expect(code, printed).toBe(0)
      else expect({ code, printed }).toEqual({ code: 1, printed: expect.stringContaining(`broken at ${offline}`) as string })
    })
  })

  test('who noted the head notices even what was written anew throughout', async () => {
    const noted = played.file.seal!.head
    const entries = rechained(played.file.entries.map((entry) => (entry === entryOf(played, 3, 'decline') ? { ...entry, reason: '重复' } : entry)))
    await database.transact(async (tx) => {
      await rewrite(tx, played, entries)
      await sessionOf(tx, played).set({ sealJson: JSON.stringify({ ...played.file.seal, head: entries.at(-1)!.hash }) }).execute()
      await questionOf(tx, played, 3).set({ reason: '重复' }).execute()
    })
    expect(await core.ledger.check(played.sessionId)).toMatchObject({ ok: true })
    const download = await core.ledger.file(played.sessionId)
    expect(verify(directory, download).code).toBe(0)
    expect(verify(directory, download, '--head', noted)).toMatchObject({ code: 1, printed: expect.stringContaining('the head that you noted is nowhere') as string })
  })
})
