import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyLedger } from '../../server/ledger/rules.ts'
import type { LedgerFile } from '../../shared/ledger.ts'
import { client } from '../support/client.ts'
import { crowd } from '../support/crowd.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { freePort } from '../support/freePort.ts'
import { follow, shown } from '../support/follow.ts'
import { startPostgres } from '../support/postgres.ts'
import type { Postgres } from '../support/postgresServer.ts'
import { startRedis } from '../support/redis.ts'
import type { RedisServer } from '../support/redis.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
let redis: RedisServer
let a: TestServer
let b: TestServer
beforeAll(async () => {
  postgres = await startPostgres()
  redis = await startRedis()
  const env = { DATABASE_URL: await postgres.createDatabase(), REDIS_URL: redis.url, SECRET: 'the same for both processes' }
  // Started at once, as a reboot does: they must not migrate against each other.
  ;[a, b] = await Promise.all([startServer({ env }), startServer({ env })])
})

/** A session on air, whose host is on `a` and has the desk open. */
async function onAir() {
  const opened = await openSession(a)
  return { ...opened, desk: await follow(opened.host, opened.sessionId, 'desk') }
}

const readiness = async (url: string): Promise<unknown> => (await fetch(`${url}/readyz`)).json()

describe('two processes', () => {
  test('are one to their clients: questions, the desk’s decisions, votes, chat, phases and how many watch', async () => {
    const { sessionId, session, host, desk } = await onAir()
    const [resident, neighbour] = [await client(b.url), await client(b.url)]
    const [page, elsewhere] = [await follow(resident, sessionId), await follow(neighbour, sessionId)]
    const local = await follow(await client(a.url), sessionId)

    const { question } = await resident.request('question:submit', questionInput(sessionId))
    await desk.until((state) => state.desk?.get(question.id)?.state === 'pending', 'the question on the desk of the other process')
    await host.request('question:act', { sessionId, questionId: question.id, action: 'approve', expectedVersion: 1 })
    for (const each of [page, elsewhere, local]) await each.until((state) => state.questions.has(question.id), 'the question on every page')
    expect((await page.until((state) => state.own.get(question.id)?.state === 'approved', 'the asker to be told')).own.get(question.id)?.receipt).toBe(question.receipt)

    const votes = await Promise.all([resident, neighbour, host].map((who) => who.request('question:vote', { sessionId, questionId: question.id, up: true })))
    expect(Math.max(...votes.map((answer) => answer.votes))).toBe(3)
    for (const each of [page, elsewhere, local, desk]) await each.until((state) => state.questions.get(question.id)?.votes === 3, 'three votes on every page')

    const words = { sessionId, id: randomUUID(), text: '听得清楚', name: '张三' }
    await neighbour.request('chat:send', words)
    for (const each of [page, local, desk]) await each.until((state) => state.chat.some(({ id }) => id === words.id), 'the message on every page')

    await host.request('session:phase', { sessionId, action: 'pause', expectedVersion: session.version })
    for (const each of [page, elsewhere, local]) await each.until((state) => state.session.phase === 'paused', 'the pause on every page')

    for (const each of [page, local, desk]) await each.until((state) => state.watching === 3, 'three who watch, over both processes', 8_000)
    neighbour.close()
    for (const each of [page, local, desk]) await each.until((state) => state.watching === 2, 'two who watch, over both processes', 8_000)

    const fresh = await follow(await client(a.url, { person: resident.person }), sessionId)
    expect(shown(page.state())).toEqual(shown(fresh.state()))
  })

  test('keep order when both are written to at once', async () => {
    const { sessionId, host } = await onAir()
    const people = [...(await crowd(a.url, 10)), ...(await crowd(b.url, 10))]
    const answers = await Promise.all(people.flatMap((resident) => Array.from({ length: 3 }, () => resident.request('question:submit', questionInput(sessionId)))))
    expect(answers.map(({ question }) => question.number).sort((x, y) => x - y)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
    const ledger = (await (await host.person.fetch(`/api/sessions/${sessionId}/ledger`)).json()) as LedgerFile
    expect(verifyLedger(ledger)).toMatchObject({ ok: true })
  })
})

describe('Redis', () => {
  test('away while questions come in: nothing is lost, all arrive by the beat; back: at once again', async () => {
    const { sessionId, desk } = await onAir()
    const residents = await crowd(b.url, 10)
    const page = await follow(residents[0]!, sessionId)
    await redis.stop()
    await until(async () => JSON.stringify(await readiness(a.url)) === JSON.stringify({ ready: false, database: true, redis: false, media: true }), 'readiness to say that Redis is away')

    const answers = await Promise.all(residents.flatMap((resident) => Array.from({ length: 3 }, () => resident.request('question:submit', questionInput(sessionId)))))
    const committedAt = Date.now()
    const all = await desk.until((state) => answers.every(({ question }) => state.desk?.has(question.id)), 'all questions on the desk of the other process', 4_000)
    expect(Date.now() - committedAt).toBeLessThan(3_500)
    expect(all.desk?.size).toBe(30)
    expect(page.state().own.size).toBe(3)

    await redis.start()
    await until(async () => ((await readiness(a.url)) as { ready: boolean }).ready && ((await readiness(b.url)) as { ready: boolean }).ready, 'both to find Redis again')
    const { question } = await residents[1]!.request('question:submit', questionInput(sessionId))
    // Well below the beat of two seconds: the hint goes through Redis again.
    await desk.until((state) => state.desk?.has(question.id) ?? false, 'a question after the return', 1_500)
    for (const server of [a, b]) expect(server.running()).toBe(true)
  })
})

describe('a process', () => {
  test('killed: the other goes on, its people come over, and who watched there is soon not counted', async () => {
    const { sessionId, host } = await onAir()
    const resident = await client(b.url)
    const page = await follow(resident, sessionId)
    const lost = await client(a.url)
    await follow(lost, sessionId)
    await page.until((state) => state.watching === 2, 'both who watch', 8_000)
    await a.kill('SIGKILL')

    const { question } = await resident.request('question:submit', questionInput(sessionId))
    const moved = await client(b.url, { person: host.person })
    const desk = await follow(moved, sessionId, 'desk')
    expect(desk.state().desk?.has(question.id)).toBe(true)
    await moved.request('question:act', { sessionId, questionId: question.id, action: 'approve', expectedVersion: 1 })
    await page.until((state) => state.questions.has(question.id), 'the approval')
    await page.until((state) => state.watching === 1, 'the lost to be forgotten', 15_000)

    await a.restart()
    const back = await follow(await client(a.url, { person: lost.person }), sessionId)
    expect(back.state().questions.has(question.id)).toBe(true)
    await page.until((state) => state.watching === 2, 'the one who came back', 8_000)
    // A process that is gone is forgotten after ten seconds.
  }, 60_000)

  test('told to stop, stops soon and in order', async () => {
    const { sessionId } = await onAir()
    const page = await follow(await client(b.url), sessionId)
    const begun = Date.now()
    await a.kill('SIGTERM')
    expect(Date.now() - begun).toBeLessThan(5_000)
    expect(a.output()).not.toMatch(/"level":[56]0/)
    expect(page.state().session.phase).toBe('live')
  })
})

test('Redis or PostgreSQL that cannot be reached at the start end it soon, with a reason', async () => {
  const nowhere = await freePort()
  const env = { DATABASE_URL: `postgres://fangtan@127.0.0.1:${nowhere}/x`, SECRET: 'the same for both processes' }
  await expect(startServer({ env })).rejects.toThrow(/cannot start/)
  const DATABASE_URL = await postgres.createDatabase()
  await expect(startServer({ env: { ...env, DATABASE_URL, REDIS_URL: `redis://127.0.0.1:${nowhere}` } })).rejects.toThrow(/ECONNREFUSED[^]*cannot start/)
})

describe('PostgreSQL', () => {
  test('away for a moment: requests are refused and change nothing; back: everything goes on by itself', async () => {
    const own = await startPostgres({ durable: true })
    const server = await startServer({ env: { DATABASE_URL: await own.createDatabase() } })
    const { sessionId, host } = await openSession(server)
    const desk = await follow(host, sessionId, 'desk')
    const resident = await client(server.url)
    const first = await resident.request('question:submit', questionInput(sessionId))
    await own.stop()
    const during = questionInput(sessionId)
    expect(await resident.refused('question:submit', during)).toEqual({ code: 'internal' })
    expect(await readiness(server.url)).toMatchObject({ ready: false, database: false })
    await own.start()

    const second = await until(() => resident.request('question:submit', during).catch(() => null), 'the question to be taken under the same id')
    expect(second.question.number).toBe(first.question.number + 1)
    await desk.until((state) => state.desk?.size === 2, 'both questions on the desk')
    expect(await readiness(server.url)).toMatchObject({ ready: true })
    expect(server.running()).toBe(true)
  })
})
