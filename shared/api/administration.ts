import { z } from 'zod'
import type { AdminSession, Said } from '../administration.ts'
import { roleSchema } from '../accounts.ts'
import { phaseSchema } from '../sessions.ts'
import { describes } from './describes.ts'
import { id, instant } from './questions.ts'

const text = z.string()

export const adminSessionSchema = describes<AdminSession>()(
  z.strictObject({ id: text, title: text, phase: phaseSchema, startsAt: instant, watching: z.int(), cut: z.strictObject({ by: text, reason: text, at: instant }).nullable().describe('Everything is cut off'), hosts: z.array(text), roles: z.partialRecord(roleSchema, z.int()).describe('How many hold which role in it') }),
)

export const saidSchema = describes<Said>()(z.strictObject({ id, number: z.int().nullable(), name: text.nullable(), text, at: instant }))
