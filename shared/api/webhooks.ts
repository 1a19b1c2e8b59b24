import { z } from 'zod'
import { webhookEventSchema } from '../webhooks.ts'
import type { Delivery, Webhook } from '../webhooks.ts'
import { describes } from './describes.ts'
import { id, instant } from './questions.ts'

const text = z.string()

export const webhookSchema = describes<Webhook>()(
  z.strictObject({ id, url: text, events: z.array(webhookEventSchema), active: z.boolean(), secret: text.describe('`whsec_…`'), createdAt: instant, waiting: z.int(), failed: z.int() }),
)

export const deliverySchema = describes<Delivery>()(
  z.strictObject({
    id,
    event: z.union([webhookEventSchema, z.literal('test')]),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    outcome: text.nullable().describe('HTTP status of the last attempt, or a word for what went wrong'),
    createdAt: instant,
    nextAt: instant.nullable(),
  }),
)
