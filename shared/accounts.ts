import { z } from 'zod'
import type { IdentityMethod } from './identity.ts'
import { idSchema, instantSchema, lineSchema, sessionIdSchema } from './schemas.ts'
import { LIMITS } from './limits.ts'

/** Roles within a session. `asker` is not one: it is the relation of a participant to their own question (see rules/permissions.ts). */
export const SESSION_ROLES = ['host', 'moderator', 'guest', 'recorder', 'director', 'helper', 'participant', 'representative'] as const
/** Roles on the whole installation, held by accounts: `officer` is one of a department, `staff` has none but may make sessions. */
export const PLATFORM_ROLES = ['admin', 'supervisor', 'officer', 'staff'] as const
export const roleSchema = z.enum([...SESSION_ROLES, ...PLATFORM_ROLES])
export type Role = z.infer<typeof roleSchema>
export const platformRoleSchema = z.enum(PLATFORM_ROLES)
export type PlatformRole = z.infer<typeof platformRoleSchema>

/** A role that this person holds: by a link that was opened, or because their account was given it. `sessionId` null: on the whole installation. */
export type Grant = {
  id: string
  sessionId: string | null
  role: Role
  /** For `guest`: which of the session's guests this is. */
  guestId: string | null
  /** The name shown to colleagues on the desk and beside the camera. */
  name: string
  /** The account that it belongs to; null: whoever opens its link holds it. */
  accountId: string | null
}

/** How somebody is signed in beyond the anonymous cookie. */
export type SignedIn = 'staff' | 'resident' | 'link'

/** Answer of GET /api/me. The identity itself stays in http-only cookies; `personId` only tells own things from others'. */
export type Me = {
  personId: string
  grants: Grant[]
  signedIn: SignedIn | null
  /** Of staff. */
  account: OwnAccount | null
  /** How this resident is known behind the pseudonym; the server says no more than a hint that its owner recognises. */
  verified: { method: IdentityMethod; hint: string; at: string }[]
  /** Version of the privacy notice that this person agreed to last; null: none. */
  consented: number | null
}

export type OwnAccount = {
  username: string
  name: string
  post: string
  departmentId: string | null
  spokesperson: boolean
  role: PlatformRole
  /** `required`: the role counts only once a second factor is set up. */
  secondFactor: 'on' | 'off' | 'required'
}

/** Answer of GET /api/sessions/:id/links (who may `session.links`). */
export type SignInLink = {
  id: string
  role: Role
  guestId: string | null
  name: string
  url: string
  /** UTC; null: until revoked. */
  expiresAt: string | null
  expired: boolean
  /** Only of guests who are still invited: it opens nothing before it is renewed. */
  revoked: boolean
  /** Which device holds a guest's link now; several devices may hold another's, and the last one is named. */
  holder: { device: string; at: string } | null
  /** The last uses, newest first, at most ten. */
  uses: LinkUse[]
}
/** `refused`: opened on a second device while the first holds it; `moved`: taken over by a second device. */
export type LinkUse = { at: string; device: string; kind: 'opened' | 'refused' | 'moved' }

/** What the desk is warned of until somebody has seen it: a guest's link was opened on another device. */
export type LinkAlarm = { id: string; linkId: string; name: string; role: Role; at: string; device: string; kind: 'refused' | 'moved' }

/** Who works on a session without being one of its guests. */
const teamRoleSchema = z.enum(['host', 'moderator', 'recorder', 'director', 'helper'])

/** A further link, of a role without a seat of its own at the table; `id` is made by the client. */
export const createLinkSchema = z.strictObject({ id: idSchema, role: teamRoleSchema, name: lineSchema(0, LIMITS.nameLength) })
export type CreateLink = z.infer<typeof createLinkSchema>
/** PUT /api/sessions/:id/links/:linkId, and POST /api/sessions/:id/links, answer with all links. `renew`: the address used so far is void, whoever holds it is out; a guest's revoked one serves again. `seen`: the alarms of it are. */
export const actOnLinkSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('renew') }),
  z.strictObject({ action: z.literal('revoke') }),
  z.strictObject({ action: z.literal('seen') }),
  z.strictObject({ action: z.literal('expire'), at: instantSchema.nullable() }),
])
export type ActOnLink = z.infer<typeof actOnLinkSchema>
export const linkActParamsSchema = z.strictObject({ id: sessionIdSchema, linkId: idSchema })

/** POST /api/links/open: what the page /in/:token sends. Refused as `link_in_use` when another device holds it, unless `move`. */
export const openLinkSchema = z.strictObject({ token: z.string().min(20).max(200), move: z.boolean() })
export type OpenLink = z.infer<typeof openLinkSchema>
/** `path`: where the role's page is. */
export type OpenedLink = { path: string; role: Role; name: string }
/** `current` of a refusal `link_in_use`. */
export type LinkInUse = { name: string; role: Role; device: string; since: string }

/** Somebody of the staff who works on one session: GET and POST /api/sessions/:id/team, DELETE /api/sessions/:id/team/:grantId */
export type TeamMember = { grantId: string; accountId: string; name: string; post: string; department: string; role: Role }
export const addTeamSchema = z.strictObject({ accountId: idSchema, role: teamRoleSchema })
export type AddTeam = z.infer<typeof addTeamSchema>
export const teamParamsSchema = z.strictObject({ id: sessionIdSchema, grantId: idSchema })
/** Whom a host can choose for the team: GET /api/staff (who may `people.view` anywhere) */
export type Colleague = { accountId: string; name: string; post: string; department: string }

export const sessionParamsSchema = z.strictObject({ id: sessionIdSchema })

/** Why a connection was cut; the page says it. `changed`: this browser is signed in as somebody else, or with more, by now: nothing to say, only to come back. */
export type RevokeReason = 'signed_out' | 'revoked' | 'moved' | 'erased' | 'changed'
