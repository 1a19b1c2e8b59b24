import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { idSchema, lineSchema, versionSchema } from './schemas.ts'

/** A forum's own short name in addresses: `fangtan.example/embed/ID?forum=CODE`. */
export const forumCodeSchema = z.string().regex(/^[a-z0-9-]{1,30}$/)

/** Where one of its pages lies: scheme, host and port, nothing behind. */
const originSchema = z
  .url({ protocol: /^https?$/ })
  .max(200)
  // Asked also of what is no address at all.
  .refine((url) => URL.canParse(url) && new URL(url).origin === url, { params: { code: 'not_an_origin' } })

const editable = {
  name: lineSchema(1, LIMITS.nameLength),
  code: forumCodeSchema,
  /** Only pages from here may show the widget. */
  origins: z.array(originSchema).max(LIMITS.forumOrigins),
  /** Who looks after it there, for the county's office only. */
  contact: lineSchema(0, LIMITS.postLength),
  members: z.int().min(0).max(100_000_000),
}
/** POST /api/admin/forums; `id` is made by the client. `taken` when another forum has the code. */
export const createForumSchema = z.strictObject({ id: idSchema, ...editable })
export type CreateForum = z.infer<typeof createForumSchema>
/** PUT /api/admin/forums/:id. One that is `archived` is invited no more, may show nothing, and keeps its name where it was heard. */
export const editForumSchema = z.strictObject({ expectedVersion: versionSchema, ...editable, archived: z.boolean() })
export type EditForum = z.infer<typeof editForumSchema>
export const forumParamsSchema = z.strictObject({ id: idSchema })

/** GET /api/admin/forums: a local forum (论坛) whose members take part. */
export type Forum = CreateForum & { archived: boolean; version: number }
/** GET /api/forums: what everybody may know of those that are not archived, by name. */
export type PublicForum = Pick<Forum, 'id' | 'name' | 'code' | 'members'>
/** Beside what came by way of a forum. The name as it was then. */
export type ForumRef = { id: string; name: string }
