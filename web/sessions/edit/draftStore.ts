import { z } from 'zod'
import { draftSchema } from './draft.ts'

const keptSchema = z.object({
  /** The session's id: made here for a new one, so that a retry after a reload creates nothing twice. */
  id: z.string(),
  /** Version that `base` was; null for a new session. */
  version: z.number().nullable(),
  base: draftSchema,
  draft: draftSchema,
})
export type KeptDraft = z.infer<typeof keptSchema>

/** Unsaved work in this browser: one for each session, and one for a new session (`id` null). */
export function createDraftStore(storage: Storage | null, id: string | null) {
  const key = `fangtan.edit.${id ?? 'new'}`
  return {
    load(): KeptDraft | null {
      try {
        return keptSchema.parse(JSON.parse(storage?.getItem(key) ?? ''))
      } catch {
        return null
      }
    },
    save(kept: KeptDraft) {
      try {
        storage?.setItem(key, JSON.stringify(kept))
      } catch {
        // A full storage: the draft lives as long as the page.
      }
    },
    clear: () => storage?.removeItem(key),
  }
}
