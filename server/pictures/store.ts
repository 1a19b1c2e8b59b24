import type { Queries } from '../db/database.ts'

export type Picture = { id: string; mime: string; bytes: Uint8Array; personId: string; createdAt: string; /** The session to whose questions it belongs; null for a portrait. */ sessionId: string | null }
export type PictureStore = ReturnType<typeof createPictureStore>

export function createPictureStore(db: Queries) {
  return {
    async byId(id: string): Promise<Picture | null> {
      return (await db.selectFrom('pictures').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('pictures').where('id', '=', id).execute()
    },
    /** Removes what was uploaded for questions of a session before `before` (ISO 8601) and never asked with. */
    async removeUnused(sessionId: string, before: string): Promise<void> {
      await db
        .deleteFrom('pictures')
        .where('sessionId', '=', sessionId)
        .where('createdAt', '<', before)
        .where(({ not, exists, selectFrom }) => not(exists(selectFrom('questions').select('questions.id').whereRef('questions.pictureId', '=', 'pictures.id'))))
        .execute()
    },
    /** Removes what one person uploaded for questions of a session. */
    async removeOf(sessionId: string, personId: string): Promise<void> {
      await db.deleteFrom('pictures').where('sessionId', '=', sessionId).where('personId', '=', personId).execute()
    },
    /** Who uploaded a picture and for which session, without its bytes. */
    async ownerOf(id: string): Promise<Pick<Picture, 'personId' | 'sessionId'> | null> {
      return (await db.selectFrom('pictures').select(['personId', 'sessionId']).where('id', '=', id).executeTakeFirst()) ?? null
    },
    async insert(picture: Picture): Promise<void> {
      await db.insertInto('pictures').values(picture).execute()
    },
  }
}
