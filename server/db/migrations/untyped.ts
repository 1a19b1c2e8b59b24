import type { Kysely } from 'kysely'

/** A migration outlives the schema type of its day, so it sees the database untyped: table names are plain strings there. */
export type Untyped = Kysely<unknown>

export async function isPostgres(db: Untyped): Promise<boolean> {
  return db.getExecutor().adapter.constructor.name === 'PostgresAdapter'
}
