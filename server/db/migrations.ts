import type { MigrationProvider } from 'kysely/migration'
import { first } from './migrations/0001-first.ts'
import { fates } from './migrations/0002-fates.ts'
import { people } from './migrations/0003-people.ts'
import { symposiums } from './migrations/0004-symposiums.ts'

/** All migrations, in order of their names. Never edit one that has shipped: add the next. */
export const migrations: MigrationProvider = {
  async getMigrations() {
    return { '0001-first': first, '0002-fates': fates, '0003-people': people, '0004-symposiums': symposiums }
  },
}
