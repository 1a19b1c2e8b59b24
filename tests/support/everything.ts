import { readFile, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { sql } from 'kysely'
import type { Database } from '../../server/db/database.ts'

const rowsOf = async <T>(database: Database, query: ReturnType<typeof sql<T>>): Promise<T[]> => (await query.execute(database.read)).rows

/** Every row of every table, as text: what somebody reads who has the database. By table. */
export async function everyRow(database: Database): Promise<Map<string, string>> {
  const names =
    database.engine === 'sqlite'
      ? await rowsOf(database, sql<{ name: string }>`select name from sqlite_master where type = 'table'`)
      : await rowsOf(database, sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`)
  const tables = new Map<string, string>()
  for (const { name } of names) tables.set(name, JSON.stringify(await rowsOf(database, sql`select * from ${sql.table(name)}`)))
  return tables
}

/** The names of the tables that hold `text` somewhere. */
export const tablesWith = async (database: Database, text: string): Promise<string[]> => [...(await everyRow(database))].filter(([, rows]) => rows.includes(text)).map(([name]) => name)

/** All bytes of the embedded database's files, as they lie on the disk now. */
export async function everyByte(database: Database): Promise<Buffer> {
  const [main] = await rowsOf(database, sql<{ file: string }>`pragma database_list`)
  if (!main) throw new Error('the database has no file')
  const files = (await readdir(dirname(main.file))).filter((name) => name.startsWith(basename(main.file)))
  return Buffer.concat(await Promise.all(files.map((name) => readFile(join(dirname(main.file), name)))))
}
