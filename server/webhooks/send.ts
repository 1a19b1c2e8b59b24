import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { Reach } from '../deliveries/addresses.ts'
import type { Attempt, StoredDelivery } from '../deliveries/rules.ts'
import { postSigned } from '../deliveries/signed.ts'
import type { WebhookStore } from './store.ts'

const SECRET_BYTES = 24

/** A signing key as standardwebhooks.com writes it. */
export const newWebhookSecret = () => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`

/** A receiver says with this that it wants nothing more. */
const GONE = 410

/** Makes one attempt at delivering to a webhook. `reach`: where receivers may stand. */
export function createWebhookSender(deps: { store: Pick<WebhookStore, 'byId'>; reach: Reach; now: () => Date }) {
  const { store, reach, now } = deps
  return async ({ id, target, event, bodyJson }: StoredDelivery): Promise<Attempt> => {
    const webhook = await store.byId(target)
    if (!webhook) return { delivered: false, outcome: 'removed', final: true }
    if (!webhook.active && event !== 'test') return { delivered: false, outcome: 'inactive', final: true }
    const made = await postSigned(webhook.url, { id, at: now(), body: bodyJson }, new Webhook(webhook.secret), reach)
    if ('trouble' in made) return { delivered: false, outcome: made.trouble, final: false }
    return { delivered: made.status >= 200 && made.status < 300, outcome: String(made.status), final: made.status === GONE }
  }
}
