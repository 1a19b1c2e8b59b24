import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Untyped } from './untyped.ts'

/** The question engine in full: merging, answers in writing, moderation, stuffed votes, polls, webhooks, push. */
export const fates: Migration = {
  async up(db: Untyped) {
    await sessions(db)
    await questions(db)
    await votes(db)
    await people(db)
    await polls(db)
    await deliveries(db)
    await log(db)
  },
}

async function sessions(db: Untyped): Promise<void> {
  // An empty object, list or null: what the store fills up with what is default today.
  await db.schema.alterTable('sessions').addColumn('intake_json', 'text', (c) => c.notNull().defaultTo('{}')).execute()
  await db.schema.alterTable('sessions').addColumn('words_json', 'text', (c) => c.notNull().defaultTo('[]')).execute()
  await db.schema.alterTable('sessions').addColumn('seal_json', 'text', (c) => c.notNull().defaultTo('null')).execute()
  await db.schema.alterTable('sessions').addColumn('poll_count', 'integer', (c) => c.notNull().defaultTo(0)).execute()
  await db.schema.alterTable('ledger').addColumn('detail_json', 'text').execute()
}

async function questions(db: Untyped): Promise<void> {
  for (const column of ['public_at', 'topic_id', 'guest_id', 'picture_id', 'reason_code', 'merged_into_id', 'parent_id', 'answer_json', 'entered_by', 'set_aside_note']) {
    await db.schema.alterTable('questions').addColumn(column, 'text').execute()
  }
  for (const column of ['follows', 'merged_into_number', 'time_limit']) await db.schema.alterTable('questions').addColumn(column, 'integer').execute()
  for (const column of ['merged', 'objections', 'set_aside_votes']) await db.schema.alterTable('questions').addColumn(column, 'integer', (c) => c.notNull().defaultTo(0)).execute()
  for (const column of ['held_json', 'notes_json']) await db.schema.alterTable('questions').addColumn(column, 'text', (c) => c.notNull().defaultTo('[]')).execute()
  await db.schema.alterTable('questions').addColumn('channel', 'text', (c) => c.notNull().defaultTo('web')).execute()
  await db.schema.alterTable('questions').addColumn('asked', 'text', (c) => c.notNull().defaultTo('during')).execute()
  await db.schema.createIndex('questions_merged').on('questions').column('merged_into_id').execute()
  await db.schema.createIndex('questions_parent').on('questions').column('parent_id').execute()
  await db.schema.createIndex('questions_picture').on('questions').column('picture_id').execute()
  await sql`update questions set public_at = submitted_at where state in ('approved', 'asking', 'answered')`.execute(db)
  await sql`update questions set reason_code = 'other' where state = 'declined'`.execute(db)
  await db.schema
    .createTable('objections')
    .addColumn('question_id', 'text', (c) => c.notNull().references('questions.id'))
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('objections_key', ['question_id', 'person_id'])
    .execute()
  await db.schema.createIndex('objections_person').on('objections').column('person_id').execute()
}

async function votes(db: Untyped): Promise<void> {
  // `via_id`: the merged question through which this person's voice counts here. `address` and `device` are keyed digests. `set_aside`: the flag that took it out of the count.
  for (const column of ['via_id', 'set_aside']) await db.schema.alterTable('votes').addColumn(column, 'text').execute()
  for (const column of ['address', 'device']) await db.schema.alterTable('votes').addColumn(column, 'text', (c) => c.notNull().defaultTo('')).execute()
  await db.schema.createIndex('votes_question').on('votes').columns(['question_id', 'at']).execute()
  await db.schema
    .createTable('vote_flags')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
    .addColumn('question_id', 'text', (c) => c.notNull().references('questions.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    // The digest that the votes have in common.
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('votes', 'integer', (c) => c.notNull())
    .addColumn('first_at', 'text', (c) => c.notNull())
    .addColumn('last_at', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('by', 'text')
    .execute()
  await db.schema.createIndex('vote_flags_session').on('vote_flags').column('session_id').execute()
}

async function people(db: Untyped): Promise<void> {
  await db.schema
    .createTable('sanctions')
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('sanctions_key', ['session_id', 'author'])
    .execute()
  await db.schema.alterTable('chat_messages').addColumn('held', 'text').execute()
  await db.schema.createIndex('chat_held').on('chat_messages').columns(['session_id', 'held']).execute()
  // A question's picture belongs to a session and is shown only with its question; a portrait has none and is public.
  await db.schema.alterTable('pictures').addColumn('session_id', 'text').execute()
  await db.schema.createIndex('pictures_session').on('pictures').columns(['session_id', 'created_at']).execute()
  await db.schema.createTable('settings').addColumn('key', 'text', (c) => c.primaryKey()).addColumn('value_json', 'text', (c) => c.notNull()).execute()
}

async function polls(db: Untyped): Promise<void> {
  await db.schema
    .createTable('polls')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('options_json', 'text', (c) => c.notNull())
    .addColumn('max_choices', 'integer', (c) => c.notNull())
    .addColumn('show_results', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'text')
    .addColumn('closed_at', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('hidden_json', 'text', (c) => c.notNull())
    .addColumn('answers', 'integer', (c) => c.notNull())
    .addUniqueConstraint('polls_number', ['session_id', 'number'])
    .execute()
  await db.schema
    .createTable('poll_answers')
    .addColumn('poll_id', 'text', (c) => c.notNull().references('polls.id'))
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('choices_json', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('poll_answers_key', ['poll_id', 'person_id'])
    .execute()
  // How many gave each choice, moved with each answer: nothing counts all answers anew. A word that was taken back by all stays, with none.
  await db.schema
    .createTable('poll_tallies')
    .addColumn('poll_id', 'text', (c) => c.notNull().references('polls.id'))
    .addColumn('choice', 'text', (c) => c.notNull())
    .addColumn('people', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('poll_tallies_key', ['poll_id', 'choice'])
    .execute()
  await db.schema.createIndex('poll_tallies_top').on('poll_tallies').columns(['poll_id', 'people']).execute()
}

async function log(db: Untyped): Promise<void> {
  // The question or chat message whose words the event carries: by this they are found and taken out.
  await db.schema.alterTable('events').addColumn('subject', 'text').execute()
  await db.schema.createIndex('events_subject').on('events').columns(['session_id', 'subject']).where('subject', 'is not', null).execute()
  // What was told so far has the shapes of then. Under another epoch, whoever comes back is given a whole page.
  await sql`delete from events`.execute(db)
  await sql`update meta set value = ${crypto.randomUUID()} where key = 'epoch'`.execute(db)
}

async function deliveries(db: Untyped): Promise<void> {
  await db.schema
    .createTable('webhooks')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('events_json', 'text', (c) => c.notNull())
    .addColumn('active', 'integer', (c) => c.notNull())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('push_subscriptions')
    .addColumn('endpoint', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('keys_json', 'text', (c) => c.notNull())
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('push_person').on('push_subscriptions').column('person_id').execute()
  // What is to be told to the outside, written in the transaction of what it tells of, and sent afterwards. `target`: a webhook's id or a push endpoint.
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('body_json', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('outcome', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('next_at', 'text')
    // The question it tells of: its words are taken out when nobody shall read them any more.
    .addColumn('question_id', 'text')
    .execute()
  await db.schema.createIndex('deliveries_next').on('deliveries').columns(['kind', 'state', 'next_at']).execute()
  await db.schema.createIndex('deliveries_question').on('deliveries').column('question_id').execute()
  await db.schema.createIndex('deliveries_target').on('deliveries').columns(['target', 'created_at']).execute()
}
