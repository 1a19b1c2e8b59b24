import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigner } from '../../server/accounts/tokens.ts'
import { createCommit } from '../../server/db/commit.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { Database } from '../../server/db/database.ts'
import { castVotes } from '../../server/votes/casting.ts'
import { originOf } from '../../server/votes/rules.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { freePort } from '../support/freePort.ts'
import { launchPostgres } from '../support/postgresServer.ts'
import { startChild } from './support/child.ts'
import { gather } from './support/crowd.ts'
import { median, report, round, say } from './support/report.ts'
import { SECRET, atHome, openLive } from './support/vote.ts'

/**
 * Votes in a rush. First without a network: so many people vote at once through the real service, which gathers them into few commits, against the same votes in a
 * commit each, as they would be without gathering; both to the disk. Then over a real server: so many votes within ten seconds, from people who all watch, and how
 * long after the last vote everybody is shown every count.
 */
const BURSTS = [5_000, 20_000]
const SAMPLE = 300
const WATCHERS = 500
const SECONDS = 10
const VOTES = /"type":"votes","counts":(\{[^}]*\})/g

const directory = mkdtempSync(join(tmpdir(), 'fangtan-bench-'))

/** Votes a second in bursts and one by one, over one engine. */
async function overEngine(name: string, open: () => Promise<Database>): Promise<Record<string, number>> {
  const database = await open()
  const { core, sessionId, questionIds } = await openLive(database, BURSTS.length + 1)
  const { commit } = createCommit(database, () => new Date(), () => undefined, core.vault)
  const single: number[] = []
  for (let index = 0; index < SAMPLE; index++) {
    const ballot = { personId: randomUUID(), ...originOf(SECRET, sessionId, atHome(index).address, atHome(index).userAgent) }
    const started = performance.now()
    await commit(sessionId, (tx) => castVotes(tx, [{ questionId: questionIds.at(-1) ?? '', up: true, ballot }], randomUUID))
    single.push(performance.now() - started)
  }
  const oneByOne = 1_000 / median(single)
  const figures: Record<string, number> = { oneByOneVotesPerSecond: round(oneByOne, 0) }
  for (const [index, size] of BURSTS.entries()) {
    const questionId = questionIds[index] ?? ''
    const people = Array.from({ length: size }, () => randomUUID())
    const started = performance.now()
    await Promise.all(people.map((personId, at) => core.votes.vote(personId, atHome(at), { sessionId, questionId, up: true })))
    const seconds = (performance.now() - started) / 1_000
    const counted = (await core.stores.questions.byId(questionId))?.votes
    if (counted !== size) throw new Error(`${counted} of ${size} votes were counted`)
    figures[`burst${size}VotesPerSecond`] = round(size / seconds, 0)
    figures[`burst${size}Ratio`] = round(size / seconds / oneByOne)
    say(`${name}: ${size} votes at once in ${round(seconds)} s, ${round(size / seconds, 0)} a second; in a commit each ${round(oneByOne, 0)} a second`)
  }
  await database.close()
  return figures
}

/** Milliseconds from the last of `size` votes within {@link SECONDS} until every watcher was shown every count. */
async function overServer(size: number): Promise<Record<string, number>> {
  const each = size / WATCHERS
  const dataDir = mkdtempSync(join(directory, 'data-'))
  const database = await openDatabase({ databaseUrl: null, dataDir })
  const { sessionId, questionIds } = await openLive(database, each)
  await database.close()
  const port = String(await freePort())
  const server = await startChild('server/main.ts', /host +http/, { NODE_ENV: 'development', DEMONSTRATION: 'false', PORT: port, HOST: '127.0.0.1', PUBLIC_URL: `http://127.0.0.1:${port}`, DATA_DIR: dataDir, SECRET, MEDIA_WORKERS: '0', LOG_LEVEL: 'warn' })
  const signer = createSigner(SECRET)
  const crowd = await gather(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, WATCHERS, {
    headers: (index) => ({ cookie: `fangtan=${signer.sign('person', randomUUID())}`, 'x-forwarded-for': atHome(index).address, 'user-agent': `phone ${index}` }),
    words: [`40{"protocol":${PROTOCOL_VERSION}}`, `420["session:join",${JSON.stringify({ sessionId, as: 'participant', since: null })}]`],
  })
  // What each watcher is shown: done when every question stands at all its votes.
  const done = Array.from({ length: WATCHERS }, () => new Set<string>())
  let missing = WATCHERS
  let refused = 0
  const { promise: shown, resolve } = Promise.withResolvers<void>()
  crowd.onFrame((index, frame) => {
    if (frame.includes('"ok":false')) refused++
    for (const [, counts = '{}'] of frame.toString().matchAll(VOTES)) {
      const own = done[index]
      for (const [questionId, votes] of Object.entries(JSON.parse(counts) as Record<string, number>)) if (votes === WATCHERS) own?.add(questionId)
      if (own?.size === each && --missing === 0) resolve()
    }
  })
  const before = server.cpu()
  const started = performance.now()
  for (let vote = 0; vote < size; vote++) {
    const early = started + (vote / size) * SECONDS * 1_000 - performance.now()
    if (early > 1) await new Promise((next) => setTimeout(next, early))
    const input = { sessionId, questionId: questionIds[Math.floor(vote / WATCHERS)], up: true }
    crowd.send(vote % WATCHERS, `42${100 + Math.floor(vote / WATCHERS)}["question:vote",${JSON.stringify(input)}]`)
  }
  const sent = performance.now()
  await shown
  const milliseconds = performance.now() - sent
  const cpu = server.cpu() - before
  crowd.close()
  await server.stop()
  if (refused > 0) throw new Error(`${refused} votes were refused`)
  say(`server: ${size} votes within ${round((sent - started) / 1_000, 1)} s, shown to all ${WATCHERS} watchers ${round(milliseconds, 0)} ms after the last one; ${round((cpu / size) * 1e6, 0)} µs of CPU a vote`)
  return { shownToAllMs: round(milliseconds, 0), cpuMicrosPerVote: round((cpu / size) * 1e6, 0) }
}

const pgDirectory = mkdtempSync(join(tmpdir(), 'fangtan-bench-pg-'))
const postgres = await launchPostgres(pgDirectory, await freePort(), true)
try {
  const sqlite = await overEngine('SQLite', () => openDatabase({ databaseUrl: null, dataDir: directory }))
  const postgresql = await overEngine('PostgreSQL', async () => openDatabase({ databaseUrl: await postgres.createDatabase(), dataDir: directory }))
  const server: Record<string, Record<string, number>> = {}
  for (const size of BURSTS) server[size] = await overServer(size)
  report({ bench: 'votes', ratio: sqlite['burst5000Ratio'] ?? Number.NaN, against: 'the same votes in a commit each, SQLite, 5,000 votes', sqlite, postgresql, watchers: WATCHERS, server })
} finally {
  await postgres.stop()
  for (const each of [directory, pgDirectory]) rmSync(each, { recursive: true, force: true })
}
