import { expect, test } from 'vitest'
import { openDatabase } from '../../server/db/database.ts'
import { onCleanup } from '../support/cleanup.ts'
import { openTestDatabase } from '../support/core.ts'
import { onBothEngines } from '../support/engines.ts'
import { startPostgres } from '../support/postgres.ts'
import { temporaryDirectory } from '../support/program.ts'
import { openStores } from '../support/stores.ts'

onBothEngines((engine) => {
  async function place() {
    return { databaseUrl: (await engine.env())['DATABASE_URL'] ?? null, dataDir: await temporaryDirectory('database') }
  }
  async function open(where: Awaited<ReturnType<typeof place>>) {
    const database = await openDatabase(where)
    onCleanup(() => database.close())
    return database
  }

  test('opening again migrates nothing twice, keeps the data and the epoch', async () => {
    const where = await place()
    const first = await openDatabase(where)
    const sessionId = await openStores(first).newSession()
    await first.close()
    const second = await open(where)
    expect(second.epoch).toBe(first.epoch)
    expect(await openStores(second).sessions.byId(sessionId)).toMatchObject({ seq: 1 })
  })

  test('several that open an empty database at once agree on it', async () => {
    const where = await place()
    const opened = await Promise.all([open(where), open(where), open(where)])
    expect(new Set(opened.map(({ epoch }) => epoch)).size).toBe(1)
  })

  test('another database has another epoch', async () => {
    const [one, other] = await Promise.all([open(await place()), open(await place())])
    expect(one.epoch).not.toBe(other.epoch)
  })

  test('a reading of one moment does not see what is committed meanwhile, and the next does', async () => {
    const database = await engine.open()
    const stores = openStores(database)
    const sessionId = await stores.newSession()
    const seen = await database.consistent(async (tx) => {
      const inside = openStoresOn(tx)
      const before = await inside(sessionId)
      await stores.commit(sessionId, (commit) => stores.addQuestion(commit))
      return [before, await inside(sessionId)]
    })
    expect(seen[1]).toEqual(seen[0])
    expect(seen[0]).toEqual({ seq: 1, questions: 0 })
    expect(await database.consistent((tx) => openStoresOn(tx)(sessionId))).toEqual({ seq: 2, questions: 1 })
  })

  test('what was committed is read at once', async () => {
    const database = await engine.open()
    const stores = openStores(database)
    const sessionId = await stores.newSession()
    for (let count = 1; count <= 20; count++) {
      const question = await stores.commit(sessionId, (tx) => stores.addQuestion(tx))
      expect(await stores.questions.byId(question.id)).toMatchObject({ number: count })
    }
  })

  test('a closed database answers with an error, not with silence', async () => {
    const database = await openDatabase(await place())
    await database.ping()
    await database.close()
    await expect(database.ping()).rejects.toThrow()
  })
})

type Reading = Parameters<Parameters<Awaited<ReturnType<typeof openDatabase>>['consistent']>[0]>[0]

function openStoresOn(tx: Reading) {
  return async (sessionId: string) => {
    const { seq } = await tx.selectFrom('sessions').select('seq').where('id', '=', sessionId).executeTakeFirstOrThrow()
    const questions = await tx.selectFrom('questions').select('id').where('sessionId', '=', sessionId).execute()
    return { seq, questions: questions.length }
  }
}

test('on PostgreSQL, a connection that breaks between two queries fails its own transaction and nothing else', async () => {
  const postgres = await startPostgres({ durable: true })
  const database = await openTestDatabase(await postgres.createDatabase())
  const stores = openStores(database)
  const sessionId = await stores.newSession()
  const broken = stores.commit(sessionId, async (tx) => {
    await stores.addQuestion(tx)
    await postgres.stop()
    // One turn of the loop, so that the loss is heard of while no query waits for an answer.
    await new Promise((resolve) => setTimeout(resolve, 50))
    await stores.addQuestion(tx)
  })
  await expect(broken).rejects.toThrow()
  await expect(database.ping()).rejects.toThrow()
  await postgres.start()
  await database.ping()
  expect(await stores.questions.inSession(sessionId)).toEqual([])
  await stores.commit(sessionId, (tx) => stores.addQuestion(tx))
  expect(await stores.questions.inSession(sessionId)).toHaveLength(1)
})
