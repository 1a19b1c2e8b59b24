import type { Queries } from '../db/database.ts'

export type Picture = { id: string; mime: string; bytes: Uint8Array; personId: string; createdAt: string; /** The session to whose questions it belongs; null for a portrait. */ sessionId: string | null }
export type PictureStore = ReturnType<typeof createPictureStore>

export function createPictureStore(db: Queries) {
  return {
    async byId(id: string): Promise<Picture | null> {
      return (await db.selectFrom('pictures').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
    },
    async insert(picture: Picture): Promise<void> {
      await db.insertInto('pictures').values(picture).execute()
    },
  }
}
