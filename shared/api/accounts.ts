import { z } from 'zod'
import { roleSchema } from '../accounts.ts'
import type { Colleague, OpenedLink, TeamMember } from '../accounts.ts'
import { describes } from './describes.ts'
import { id } from './questions.ts'

const text = z.string()
const colleague = { accountId: id, name: text, post: text, department: text }

export const openedLinkSchema = describes<OpenedLink>()(z.strictObject({ path: text, role: roleSchema, name: text }))
export const colleagueSchema = describes<Colleague>()(z.strictObject(colleague))
export const teamMemberSchema = describes<TeamMember>()(z.strictObject({ ...colleague, grantId: id, role: roleSchema }))
