import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import type { Picture, PictureStore } from './store.ts'

/** Side of the square in which a guest's portrait is kept, in pixels. */
const PORTRAIT = 512
const MAX_PIXELS = 40_000_000

/** Asynchronous throughout: of some inputs (none at all) the library complains at once. */
async function portrait(bytes: Uint8Array): Promise<Uint8Array> {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).rotate().resize(PORTRAIT, PORTRAIT, { fit: 'cover', position: 'attention' }).webp({ quality: 82 }).toBuffer()
}

export type PictureService = ReturnType<typeof createPictureService>

export function createPictureService(deps: { access: Access; store: PictureStore; insert: (picture: Picture) => Promise<void>; now: () => Date }) {
  return {
    /**
     * Keeps a portrait: re-encoded, so that nothing but its pixels remains (no place, no camera, no script).
     * @throws RefusedError `forbidden`, `invalid_input` when the bytes are no picture
     */
    async add(personId: string, bytes: Uint8Array): Promise<{ id: string }> {
      const grants = await deps.access.grantsOf(personId)
      if (!grants.some((grant) => grant.role === 'host')) throw new RefusedError('forbidden')
      const encoded = await portrait(bytes).catch(() => {
        throw new RefusedError('invalid_input', { issues: [{ path: '', code: 'not_a_picture' }] })
      })
      const id = randomUUID()
      await deps.insert({ id, mime: 'image/webp', bytes: encoded, personId, createdAt: deps.now().toISOString(), sessionId: null })
      return { id }
    },

    /** Everybody may see a portrait. @throws RefusedError `not_found` */
    async get(id: string): Promise<Picture> {
      const picture = await deps.store.byId(id)
      if (!picture) throw new RefusedError('not_found')
      return picture
    },
  }
}
