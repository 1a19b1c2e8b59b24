import { z } from 'zod'
import type { DueDate, HealthPart, Storage, Work } from '../administration.ts'
import type { PlatformWords } from '../moderation.ts'
import { describes } from './describes.ts'
import { instant } from './questions.ts'

const text = z.string()
const date = z.iso.date()

export const dueDateSchema = describes<DueDate>()(
  z.strictObject({
    from: date,
    due: date,
    days: z.array(z.strictObject({ date, working: z.boolean(), name: z.strictObject({ 'zh-CN': text, en: text }) })),
    provisional: z.boolean(),
  }),
)

export const healthPartSchema = describes<HealthPart>()(
  z.strictObject({
    part: z.enum(['database', 'redis', 'media', 'turn', 'storage', 'sms', 'oidc', 'privacy', 'https', 'fonts']),
    state: z.enum(['ok', 'off', 'warning', 'failing']),
    code: text,
    value: text,
  }),
)

export const storageSchema = describes<Storage>()(
  z.strictObject({
    engine: z.enum(['sqlite', 'postgres']),
    database: z.int().describe('Bytes'),
    pictures: z.strictObject({ count: z.int(), bytes: z.int() }),
    free: z.int().nullable().describe('Bytes; null when the system does not say'),
    rows: z.array(z.strictObject({ table: text, count: z.int() })),
  }),
)

export const workSchema = describes<Work>()(
  z.strictObject({
    jobs: z.array(z.strictObject({ name: z.enum(['retention', 'upkeep']), lastAt: instant.nullable(), nextAt: instant.nullable(), outcome: z.enum(['ok', 'failed']).nullable(), detail: z.record(text, z.number()) })),
    deliveries: z.strictObject({ waiting: z.int(), failed: z.int(), oldestWaitingAt: instant.nullable() }),
  }),
)

export const platformWordsSchema = describes<PlatformWords>()(z.strictObject({ words: z.array(text), version: z.int() }))
