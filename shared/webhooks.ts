import { z } from 'zod'
import { idSchema } from './schemas.ts'

/** What a webhook can be told of. `question.*` follow the lifecycle's actions. */
export const webhookEventSchema = z.enum([
  'session.phase',
  'question.submitted',
  'question.approved',
  'question.declined',
  'question.aired',
  'question.answered',
  'question.merged',
  'question.withdrawn',
  'question.objected',
  'poll.closed',
  /** A record made on the spot, new, corrected or taken back. */
  'spot.recorded',
])
export type WebhookEvent = z.infer<typeof webhookEventSchema>

const editable = {
  url: z.url({ protocol: /^https?$/ }).regex(/^\P{Cc}+$/u).max(500),
  events: z.array(webhookEventSchema).min(1),
  active: z.boolean(),
}
/** POST /api/webhooks (platform grant). `id` is made by the client. */
export const createWebhookSchema = z.strictObject({ id: idSchema, ...editable })
export type CreateWebhook = z.infer<typeof createWebhookSchema>
/** PUT /api/webhooks/:id */
export const editWebhookSchema = z.strictObject(editable)
export type EditWebhook = z.infer<typeof editWebhookSchema>
export const webhookParamsSchema = z.strictObject({ id: idSchema })
export const deliveryParamsSchema = z.strictObject({ id: idSchema, deliveryId: idSchema })

/** `secret` signs each delivery (standardwebhooks.com, `whsec_…`); it is shown to whoever may manage webhooks. */
export type Webhook = CreateWebhook & { secret: string; createdAt: string; /** Deliveries that wait and that were given up. */ waiting: number; failed: number }

export type Delivery = {
  id: string
  event: WebhookEvent | 'test'
  state: 'waiting' | 'delivered' | 'failed'
  attempts: number
  /** HTTP status of the last attempt, or a word for what went wrong (`timeout`, `refused`, `dns`…). */
  outcome: string | null
  createdAt: string
  nextAt: string | null
}
