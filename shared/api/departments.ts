import { z } from 'zod'
import type { Department } from '../departments.ts'
import { describes } from './describes.ts'
import { id } from './questions.ts'

const text = z.string()

export const departmentSchema = describes<Department>()(
  z.strictObject({ id, name: text, code: text, duty: text, leader: text, verified: z.boolean(), archived: z.boolean(), officers: z.array(text), spokespeople: z.array(text), version: z.int() }),
)
