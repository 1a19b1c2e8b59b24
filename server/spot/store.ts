import type { SpotRecord } from '../../shared/spot.ts'
import type { Queries } from '../db/database.ts'
import type { SpotRow } from '../db/schema.ts'

/** A record made on the spot as the server keeps it. */
export type StoredSpot = SpotRecord & { sessionId: string; salt: string }

const fromRow = ({ withdrawnJson, ...rest }: SpotRow): StoredSpot => ({ ...rest, withdrawn: JSON.parse(withdrawnJson) as SpotRecord['withdrawn'] })
const toRow = ({ withdrawn, ...rest }: StoredSpot): SpotRow => ({ ...rest, withdrawnJson: JSON.stringify(withdrawn) })

/** What everybody sees. */
export const spotRecord = ({ sessionId: _session, salt: _salt, ...record }: StoredSpot): SpotRecord => record

export type SpotStore = ReturnType<typeof createSpotStore>

export function createSpotStore(db: Queries) {
  return {
    async byId(id: string): Promise<StoredSpot | null> {
      const row = await db.selectFrom('spots').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    /** In order of number, those taken back too. */
    async inSession(sessionId: string): Promise<StoredSpot[]> {
      return (await db.selectFrom('spots').selectAll().where('sessionId', '=', sessionId).orderBy('number').execute()).map(fromRow)
    },
    /** About any of these questions, in order of number. */
    async about(questionIds: readonly string[]): Promise<StoredSpot[]> {
      return (await db.selectFrom('spots').selectAll().where('questionId', 'in', questionIds).orderBy('number').execute()).map(fromRow)
    },
    async insert(spot: StoredSpot): Promise<void> {
      await db.insertInto('spots').values(toRow(spot)).execute()
    },
    async update(spot: StoredSpot): Promise<void> {
      const { id, sessionId: _session, number: _number, salt: _salt, ...values } = toRow(spot)
      await db.updateTable('spots').set(values).where('id', '=', id).execute()
    },
  }
}
