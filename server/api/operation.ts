import { z } from 'zod'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import type { Permission } from '../../shared/rules/permissions.ts'

/** What comes back: data in the envelope of every answer, or a file as it is. */
export type Answer = { kind: 'data'; schema: z.ZodType } | { kind: 'file'; type: string; schema?: z.ZodType } | { kind: 'redirect' }

export type Operation = {
  method: 'get' | 'post' | 'put' | 'delete'
  /** As express has it: /api/sessions/:id */
  path: string
  tag: 'identity' | 'accounts' | 'residents' | 'administration' | 'site' | 'sessions' | 'questions' | 'ledger' | 'exports' | 'pictures' | 'webhooks' | 'push' | 'sharing' | 'attendance' | 'forums' | 'description'
  summary: string
  description?: string
  /** What it takes: a permission (rules/permissions.ts), of the session in the path where there is one; `account`: to be signed in as staff; null: nothing. Tests hold every route against it. */
  needs: Permission | 'account' | null
  params?: z.ZodObject
  query?: z.ZodObject
  body?: { kind: 'json'; schema: z.ZodType } | { kind: 'binary'; types: string[] }
  answer: Answer
  /** Beside `rate_limited` and `internal`, which everything may answer with, and `invalid_input` where there is an input. */
  errors: ErrorCode[]
}

export const data = (schema: z.ZodType): Answer => ({ kind: 'data', schema })
export const json = (schema: z.ZodType) => ({ kind: 'json', schema }) as const
export const NOTHING = z.null()

export const csv: Answer = { kind: 'file', type: 'text/csv' }
