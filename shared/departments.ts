import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { idSchema, lineSchema, textSchema, versionSchema } from './schemas.ts'

const editable = {
  name: lineSchema(1, LIMITS.postLength),
  /** The county's own short code, unique. */
  code: z.string().trim().regex(/^[A-Za-z0-9-]{1,20}$/),
  /** What it is responsible for. */
  duty: textSchema(0, 500),
  leader: lineSchema(0, LIMITS.nameLength),
  /** Its account is a named, verified one (实名账号): a badge stands beside everything it says. */
  verified: z.boolean(),
}
/** POST /api/admin/departments; `id` is made by the client. */
export const createDepartmentSchema = z.strictObject({ id: idSchema, ...editable })
export type CreateDepartment = z.infer<typeof createDepartmentSchema>
/** PUT /api/admin/departments/:id. One that is `archived` is offered no more, and keeps its name where it spoke. */
export const editDepartmentSchema = z.strictObject({ expectedVersion: versionSchema, ...editable, archived: z.boolean() })
export type EditDepartment = z.infer<typeof editDepartmentSchema>
export const departmentParamsSchema = z.strictObject({ id: idSchema })

/** GET /api/departments: public. `spokespeople`: names of its 新闻发言人. */
export type Department = CreateDepartment & { archived: boolean; officers: string[]; spokespeople: string[]; version: number }

/** Beside what somebody says in a department's name; the department's own entry says whether it is verified. */
export type Speaker = { departmentId: string; spokesperson: boolean }
