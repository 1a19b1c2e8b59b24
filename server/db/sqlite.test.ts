import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, onTestFinished, test } from 'vitest'
import { sqliteReaderDialect, sqliteWriterDialect } from './sqlite.ts'

type Table = { things: { id: number } }

function open() {
  const directory = mkdtempSync(join(tmpdir(), 'fangtan-sqlite-'))
  const file = join(directory, 'test.sqlite')
  const writer = new Kysely<Table>({ dialect: sqliteWriterDialect(file) })
  onTestFinished(async () => {
    await writer.destroy()
    rmSync(directory, { recursive: true })
  })
  return { file, writer }
}

test('a migration that breaks off leaves nothing of itself behind', async () => {
  const { writer } = open()
  const migrations = (breaks: boolean) => ({
    getMigrations: async () => ({
      '1': {
        async up(db: Kysely<unknown>) {
          await db.schema.createTable('things').addColumn('id', 'integer').execute()
          if (breaks) throw new Error('the power went')
        },
      },
    }),
  })
  const broken = await new Migrator({ db: writer, provider: migrations(true) }).migrateToLatest()
  expect(broken.error).toMatchObject({ message: 'the power went' })
  const again = await new Migrator({ db: writer, provider: migrations(false) }).migrateToLatest()
  expect(again.error).toBeUndefined()
})

test('the reading connection cannot write', async () => {
  const { file, writer } = open()
  await sql`create table things (id integer)`.execute(writer)
  const reader = new Kysely<Table>({ dialect: sqliteReaderDialect(file) })
  onTestFinished(() => reader.destroy())
  expect(await reader.selectFrom('things').selectAll().execute()).toEqual([])
  await expect(reader.insertInto('things').values({ id: 1 }).execute()).rejects.toThrow('readonly')
})

test('a statement that fails does not stop the thread that writes', async () => {
  const { writer } = open()
  await sql`create table things (id integer primary key)`.execute(writer)
  await writer.insertInto('things').values({ id: 1 }).execute()
  await expect(writer.insertInto('things').values({ id: 1 }).execute()).rejects.toThrow('UNIQUE')
  await expect(sql`not sql`.execute(writer)).rejects.toThrow('syntax')
  expect(await writer.insertInto('things').values({ id: 2 }).returningAll().execute()).toEqual([{ id: 2 }])
})

test('transactions of several users are not interleaved', async () => {
  const { writer } = open()
  await sql`create table things (id integer primary key)`.execute(writer)
  const addTwo = (first: number) =>
    writer.transaction().execute(async (tx) => {
      await tx.insertInto('things').values({ id: first }).execute()
      await new Promise((resolve) => setImmediate(resolve))
      await tx.insertInto('things').values({ id: first + 1 }).execute()
      if (first === 10) throw new Error('taken back')
    })
  await Promise.allSettled([addTwo(1), addTwo(10), addTwo(20)])
  const rows = await writer.selectFrom('things').selectAll().orderBy('id').execute()
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 20, 21])
})
