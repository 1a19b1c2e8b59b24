import { z } from 'zod'
import { CHECK_PROBLEMS } from '../ledger.ts'
import type { LedgerCheck, LedgerEntry, LedgerFile } from '../ledger.ts'
import type { Seal } from '../sessions.ts'
import { describes } from './describes.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/).describe('SHA-256, hexadecimal')

export const sealSchema = describes<Seal>()(z.strictObject({ at: z.string(), entries: z.int(), head: z.string() }))

const detailSchema = z.strictObject({ about: z.int(), due: z.string(), minutes: z.int(), part: z.string(), place: z.string(), spot: z.string(), answer: z.string(), code: z.string(), into: z.int(), votes: z.int(), channel: z.string() }).partial()

const ledgerEntrySchema = describes<LedgerEntry>()(
  z.strictObject({
    sessionId: z.string(),
    index: z.int(),
    at: z.string(),
    subject: z.enum(['session', 'question', 'poll', 'hand', 'spot']),
    number: z.int().nullable(),
    action: z.string(),
    from: z.string().nullable(),
    to: z.string(),
    role: z.string(),
    actor: z.string(),
    reason: z.string().nullable(),
    textDigest: z.string().nullable(),
    // Entries from before it existed have none.
    detail: detailSchema.nullable().default(null),
    previous: z.string(),
    hash: z.string(),
  }),
)

/** A downloaded ledger, also one from before there were seals (version 1). */
export const ledgerFileSchema = describes<LedgerFile>()(
  z.strictObject({
    format: z.literal('fangtan-ledger'),
    version: z.union([z.literal(1), z.literal(2)]),
    sessionId: z.string(),
    head: z.string(),
    seal: sealSchema.nullable().default(null),
    entries: z.array(ledgerEntrySchema),
  }),
)

export const ledgerCheckSchema = describes<LedgerCheck>()(
  z.union([
    z.strictObject({ ok: z.literal(true), entries: z.int(), head: hash, questions: z.int() }),
    z.strictObject({ ok: z.literal(false), problem: z.enum(CHECK_PROBLEMS), index: z.int().nullable(), number: z.int().nullable() }),
  ]),
)
