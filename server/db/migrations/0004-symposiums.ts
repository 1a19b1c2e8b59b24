import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Untyped } from './untyped.ts'

/** Symposiums: the run of show, the floor, who attends, what was recorded on the spot; and the forums by way of which people come. */
export const symposiums: Migration = {
  async up(db: Untyped) {
    await sessions(db)
    await hands(db)
    await attendance(db)
    await spots(db)
    await log(db)
  },
}

async function sessions(db: Untyped): Promise<void> {
  for (const column of ['agenda_json', 'floor_json', 'attendance_json']) await db.schema.alterTable('sessions').addColumn(column, 'text', (c) => c.notNull().defaultTo('{}')).execute()
  await db.schema.alterTable('sessions').addColumn('announcement_json', 'text', (c) => c.notNull().defaultTo('null')).execute()
  await db.schema.alterTable('sessions').addColumn('muted_json', 'text', (c) => c.notNull().defaultTo('[]')).execute()
  for (const column of ['hand_count', 'spot_count']) await db.schema.alterTable('sessions').addColumn(column, 'integer', (c) => c.notNull().defaultTo(0)).execute()
  await db.schema
    .createTable('forums')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addColumn('origins_json', 'text', (c) => c.notNull())
    .addColumn('contact', 'text', (c) => c.notNull())
    .addColumn('members', 'integer', (c) => c.notNull())
    .addColumn('archived', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  // The forum in whose pages it was asked, with its name then.
  await db.schema.alterTable('questions').addColumn('forum_json', 'text', (c) => c.notNull().defaultTo('null')).execute()
}

async function hands(db: Untyped): Promise<void> {
  // `speaker`: whose turns are counted together: `person:<id>`, `attendee:<id>`, or a name given at the desk.
  await db.schema
    .createTable('hands')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'text')
    .addColumn('speaker', 'text', (c) => c.notNull())
    .addColumn('attendee_id', 'text')
    .addColumn('given_name', 'text')
    .addColumn('given_about', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('forum_json', 'text', (c) => c.notNull())
    .addColumn('topic_id', 'text')
    .addColumn('table_id', 'text')
    .addColumn('question_id', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('turns', 'integer', (c) => c.notNull())
    .addColumn('held_json', 'text', (c) => c.notNull())
    .addColumn('asker', 'text', (c) => c.notNull())
    .addColumn('seat', 'text', (c) => c.notNull())
    .addColumn('entered_by', 'text')
    .addColumn('raised_at', 'text', (c) => c.notNull())
    .addColumn('called_at', 'text')
    .addColumn('started_at', 'text')
    .addColumn('ended_at', 'text')
    .addColumn('seconds', 'integer', (c) => c.notNull())
    .addColumn('camera', 'integer', (c) => c.notNull())
    .addColumn('out_of_turn', 'text')
    .addColumn('reason', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('hands_number').on('hands').columns(['session_id', 'number']).unique().execute()
  await db.schema.createIndex('hands_state').on('hands').columns(['session_id', 'state']).execute()
  await db.schema.createIndex('hands_person').on('hands').columns(['person_id', 'session_id']).execute()
  await db.schema.createIndex('hands_speaker').on('hands').columns(['session_id', 'speaker']).execute()
  // Who said the code on the big screen.
  await db.schema
    .createTable('hall_people')
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('hall_people_key', ['session_id', 'person_id'])
    .execute()
}

async function attendance(db: Untyped): Promise<void> {
  // `grant_id`: of a representative's link. `person_id`: of who applied by themselves. `phone_sealed` is encrypted.
  await db.schema
    .createTable('attendees')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
    .addColumn('forum_id', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('phone_sealed', 'text')
    .addColumn('phone_hint', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    // Orders the waiting list.
    .addColumn('waiting_since', 'text')
    .addColumn('seat', 'text', (c) => c.notNull())
    .addColumn('table_id', 'text')
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('grant_id', 'text')
    .addColumn('person_id', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('replied_at', 'text')
    .addColumn('reminded_at', 'text')
    .addColumn('checked_in_at', 'text')
    .addColumn('checked_in_by', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('attendees_session').on('attendees').columns(['session_id', 'created_at']).execute()
  await db.schema.createIndex('attendees_person').on('attendees').columns(['person_id', 'session_id']).execute()
  await db.schema.createIndex('attendees_grant').on('attendees').column('grant_id').execute()
  // What doors reported, so that a repetition does nothing.
  await db.schema
    .createTable('check_ins')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
    .addColumn('attendee_id', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('received_at', 'text', (c) => c.notNull())
    .addColumn('undo', 'integer', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('check_ins_session').on('check_ins').columns(['session_id', 'attendee_id']).execute()
}

async function spots(db: Untyped): Promise<void> {
  await db.schema
    .createTable('spots')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('question_id', 'text')
    .addColumn('hand_id', 'text')
    .addColumn('guest_id', 'text')
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('department_id', 'text')
    .addColumn('department', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('due_on', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('withdrawn_json', 'text', (c) => c.notNull())
    .addColumn('salt', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('spots_number').on('spots').columns(['session_id', 'number']).unique().execute()
  await db.schema.createIndex('spots_question').on('spots').column('question_id').execute()
}

async function log(db: Untyped): Promise<void> {
  // What was told so far has the shapes of then. Under another epoch, whoever comes back is given a whole page.
  await sql`delete from events`.execute(db)
  await sql`update meta set value = ${crypto.randomUUID()} where key = 'epoch'`.execute(db)
}
