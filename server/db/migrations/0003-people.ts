import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Untyped } from './untyped.ts'

/** Accounts, identities, departments, and what is kept of who did what. */
export const people: Migration = {
  async up(db: Untyped) {
    await accounts(db)
    await links(db)
    await residents(db)
    await departments(db)
    await records(db)
    await log(db)
  },
}

async function accounts(db: Untyped): Promise<void> {
  // An account's id is its person's. `password`: scrypt with its parameters; null until the invitation is accepted. `totp_sealed` is encrypted, `totp_step` the last one used.
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('username', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('post', 'text', (c) => c.notNull())
    .addColumn('department_id', 'text')
    .addColumn('spokesperson', 'integer', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('password', 'text', (c) => c.notNull())
    .addColumn('totp_sealed', 'text')
    // Offered, not confirmed by a first code yet.
    .addColumn('totp_offered', 'text')
    .addColumn('totp_step', 'integer', (c) => c.notNull())
    .addColumn('recovery_json', 'text', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('failed_at', 'text')
    .addColumn('locked_until', 'text')
    .addColumn('disabled_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('signed_in_at', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  // Guesses at names that nobody has, so that they are answered as those of accounts are.
  await db.schema
    .createTable('strangers')
    .addColumn('digest', 'text', (c) => c.primaryKey())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('failed_at', 'text')
    .addColumn('locked_until', 'text')
    .execute()
  await db.schema.createIndex('strangers_failed').on('strangers').column('failed_at').execute()
  // Browsers that are signed in. `token` and `previous` are digests; `previous` serves for a moment after `rotated_at`, for requests under way.
  await db.schema
    .createTable('sign_ins')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('previous', 'text')
    .addColumn('rotated_at', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('sign_ins_person').on('sign_ins').column('person_id').execute()
  await db.schema.createIndex('sign_ins_previous').on('sign_ins').column('previous').execute()
  await db.schema.createIndex('sign_ins_expire').on('sign_ins').column('expires_at').execute()
  // People whose anonymous cookie alone says nothing any more: they have, or had, a sign-in.
  await db.schema.createTable('guarded_people').addColumn('person_id', 'text', (c) => c.primaryKey()).addColumn('at', 'text', (c) => c.notNull()).execute()
  // Whose rights shrank: every process reads this, so that nobody depends on Redis for it. `sign_in_id`: which connections of theirs are cut (see accounts/rights.ts).
  await db.schema
    .createTable('rights_changes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('sign_in_id', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('rights_changes_at').on('rights_changes').column('at').execute()
  await db.schema
    .createTable('invitations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('account_id', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('department_id', 'text')
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .addColumn('revoked_at', 'text')
    .execute()
}

async function links(db: Untyped): Promise<void> {
  // `generation`: part of the signed link, so that renewing makes the one before void. `holder`: the person whose device holds a guest's link.
  for (const column of ['account_id', 'expires_at', 'holder', 'held_at', 'device']) await db.schema.alterTable('grants').addColumn(column, 'text').execute()
  await db.schema.alterTable('grants').addColumn('generation', 'integer', (c) => c.notNull().defaultTo(1)).execute()
  await db.schema.createIndex('grants_account').on('grants').column('account_id').execute()
  await db.schema.createIndex('grants_expire').on('grants').column('expires_at').execute()
  await db.schema.createIndex('person_grants_grant').on('person_grants').column('grant_id').execute()
  await db.schema
    .createTable('link_uses')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('grant_id', 'text', (c) => c.notNull().references('grants.id'))
    .addColumn('session_id', 'text')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'text')
    .execute()
  await db.schema.createIndex('link_uses_grant').on('link_uses').columns(['grant_id', 'at']).execute()
  // Held by an anonymous cookie alone so far. Whoever has a link opens it once more, and is signed in by it.
  await sql`delete from person_grants`.execute(db)
  await db.schema.createIndex('link_uses_session').on('link_uses').columns(['session_id', 'seen_at']).execute()
}

async function residents(db: Untyped): Promise<void> {
  // `subject` is a keyed digest of the number or of issuer and subject; `sealed` holds them encrypted.
  await db.schema
    .createTable('verifications')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull().unique())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('verifications_person').on('verifications').column('person_id').execute()
  await db.schema
    .createTable('phone_codes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('phone', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('phone_codes_phone').on('phone_codes').columns(['phone', 'created_at']).execute()
  await db.schema
    .createTable('consents')
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('consents_key', ['person_id', 'version'])
    .execute()
  // The receipt itself: `receipt` is its digest from now on, `receipt_sealed` the way back for whoever asked. Null: not converted yet (see server/questions/receipts).
  await db.schema.alterTable('questions').addColumn('receipt_sealed', 'text').execute()
  await db.schema.createIndex('questions_unsealed').on('questions').columns(['id', 'receipt_sealed']).where('receipt_sealed', 'is', null).execute()
  await db.schema.alterTable('chat_messages').addColumn('department_id', 'text').execute()
  await db.schema.alterTable('chat_messages').addColumn('spokesperson', 'integer', (c) => c.notNull().defaultTo(0)).execute()
}

async function departments(db: Untyped): Promise<void> {
  await db.schema
    .createTable('departments')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addColumn('duty', 'text', (c) => c.notNull())
    .addColumn('leader', 'text', (c) => c.notNull())
    .addColumn('verified', 'integer', (c) => c.notNull())
    .addColumn('archived', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.alterTable('settings').addColumn('version', 'integer', (c) => c.notNull().defaultTo(0)).execute()
  for (const column of ['at', 'by']) await db.schema.alterTable('settings').addColumn(column, 'text').execute()
  // Every text that people were asked to agree to.
  await db.schema
    .createTable('privacy_notices')
    .addColumn('version', 'integer', (c) => c.primaryKey())
    .addColumn('text_json', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .execute()
}

async function records(db: Untyped): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('session_id', 'text')
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('detail_json', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('audit_at').on('audit').columns(['at', 'id']).execute()
  // From where something was said, encrypted: opened by a look-up only, deleted with the log's period.
  await db.schema
    .createTable('activity')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('activity_at').on('activity').column('at').execute()
  await db.schema.createIndex('activity_subject').on('activity').column('subject_id').execute()
  await db.schema.createIndex('activity_person').on('activity').column('person_id').execute()
  await db.schema
    .createTable('job_runs')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('detail_json', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('job_runs_at').on('job_runs').columns(['job', 'at']).execute()
}

async function log(db: Untyped): Promise<void> {
  // What was told so far has the shapes of then, and receipts in it. Under another epoch, whoever comes back is given a whole page.
  await sql`delete from events`.execute(db)
  await sql`update meta set value = ${crypto.randomUUID()} where key = 'epoch'`.execute(db)
}
