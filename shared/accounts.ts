import { z } from 'zod'
import { sessionIdSchema } from './schemas.ts'

/** Roles within a session. `asker` is not one: it is the relation of a participant to their own question (see rules/permissions.ts). */
export const roleSchema = z.enum(['host', 'moderator', 'guest', 'recorder', 'director', 'participant', 'representative'])
export type Role = z.infer<typeof roleSchema>

/** A role that a signed link gave to this browser's person. `sessionId` null: on every session, with the right to create new ones. */
export type Grant = {
  id: string
  sessionId: string | null
  role: Role
  /** For `guest`: which of the session's guests this is. */
  guestId: string | null
  /** The name shown to colleagues on the desk and beside the camera. */
  name: string
}

/** Answer of GET /api/me. The identity itself stays in an http-only cookie; `personId` only tells own things from others'. */
export type Me = { personId: string; grants: Grant[] }

/** Answer of GET /api/sessions/:id/links (host): one signed link per role and per guest. */
export type SignInLink = { role: Role; guestId: string | null; name: string; url: string }

export const linkParamsSchema = z.strictObject({ token: z.string().min(20).max(200) })
export const sessionParamsSchema = z.strictObject({ id: sessionIdSchema })
