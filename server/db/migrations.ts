import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Migration, MigrationProvider } from 'kysely/migration'

// A migration outlives the schema type of its day, so it sees the database untyped: table names are plain strings here.
type Untyped = Kysely<unknown>

const first: Migration = {
  async up(db: Untyped) {
    const binary = sql.raw(await isPostgres(db) ? 'bytea' : 'blob')
    await db.schema.createTable('meta').addColumn('key', 'text', (c) => c.primaryKey()).addColumn('value', 'text', (c) => c.notNull()).execute()
    await db.schema
      .createTable('grants')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('session_id', 'text')
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('guest_id', 'text')
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('revoked_at', 'text')
      .execute()
    await db.schema.createIndex('grants_session').on('grants').column('session_id').execute()
    await db.schema
      .createTable('person_grants')
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('grant_id', 'text', (c) => c.notNull().references('grants.id'))
      .addColumn('at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('person_grants_key', ['person_id', 'grant_id'])
      .execute()
    await db.schema
      .createTable('sessions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('topic', 'text', (c) => c.notNull())
      .addColumn('introduction', 'text', (c) => c.notNull())
      .addColumn('starts_at', 'text', (c) => c.notNull())
      .addColumn('planned_minutes', 'integer', (c) => c.notNull())
      .addColumn('guests_json', 'text', (c) => c.notNull())
      .addColumn('settings_json', 'text', (c) => c.notNull())
      .addColumn('phase', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('on_air_json', 'text', (c) => c.notNull())
      .addColumn('went_live_at', 'text')
      .addColumn('ended_at', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('question_count', 'integer', (c) => c.notNull())
      .addColumn('ledger_index', 'integer', (c) => c.notNull())
      .addColumn('ledger_head', 'text', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('questions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('asker', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('original_text', 'text', (c) => c.notNull())
      .addColumn('name', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('votes', 'integer', (c) => c.notNull())
      .addColumn('reason', 'text')
      .addColumn('receipt', 'text', (c) => c.notNull().unique())
      .addColumn('salt', 'text', (c) => c.notNull())
      .addColumn('submitted_at', 'text', (c) => c.notNull())
      .addColumn('asked_at', 'text')
      .addColumn('answered_at', 'text')
      .addColumn('version', 'integer', (c) => c.notNull())
      .addUniqueConstraint('questions_number', ['session_id', 'number'])
      .execute()
    await db.schema.createIndex('questions_person').on('questions').columns(['session_id', 'person_id']).execute()
    await db.schema
      .createTable('votes')
      .addColumn('question_id', 'text', (c) => c.notNull().references('questions.id'))
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('votes_key', ['person_id', 'question_id'])
      .execute()
    await db.schema
      .createTable('chat_messages')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('name', 'text')
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('deleted_at', 'text')
      .execute()
    await db.schema.createIndex('chat_session').on('chat_messages').columns(['session_id', 'seq']).execute()
    await db.schema.createIndex('chat_person').on('chat_messages').columns(['session_id', 'person_id', 'seq']).execute()
    await db.schema
      .createTable('events')
      .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('audience', 'text', (c) => c.notNull())
      .addColumn('payload_json', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('events_key', ['session_id', 'seq', 'position'])
      .execute()
    await db.schema
      .createTable('ledger')
      .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('number', 'integer')
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('from_state', 'text')
      .addColumn('to_state', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('reason', 'text')
      .addColumn('text_digest', 'text')
      .addColumn('previous', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('ledger_key', ['session_id', 'position'])
      .execute()
    await db.schema
      .createTable('pictures')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('mime', 'text', (c) => c.notNull())
      .addColumn('bytes', binary, (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .execute()
    await sql`insert into meta (key, value) values ('epoch', ${crypto.randomUUID()})`.execute(db)
  },
}

async function isPostgres(db: Untyped): Promise<boolean> {
  return db.getExecutor().adapter.constructor.name === 'PostgresAdapter'
}

/** All migrations, in order of their names. Never edit one that has shipped: add the next. */
export const migrations: MigrationProvider = {
  async getMigrations() {
    return { '0001-first': first }
  },
}
