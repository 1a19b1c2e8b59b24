import webpush from 'web-push'
import type { Reach } from '../deliveries/addresses.ts'
import { post } from '../deliveries/post.ts'
import { MAX_ATTEMPTS } from '../deliveries/rules.ts'
import type { Attempt, StoredDelivery } from '../deliveries/rules.ts'
import type { PushMessage } from '../../shared/push.ts'
import type { Receipts } from '../questions/receipts.ts'
import type { PushStore, VapidKeys } from './store.ts'

/** Seconds for which a push service keeps a message for a device that is away: later than that it is no news. */
const KEEP_SECONDS = 6 * 3_600

export const newVapidKeys = (): VapidKeys => webpush.generateVAPIDKeys()

/** Whom a push service may turn to: it must be an address of https or mail. */
export function vapidSubject(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? publicUrl : `mailto:webmaster@${new URL(publicUrl).hostname}`
}

/**
 * Makes one attempt at telling a device. Its address was handed in by whoever came along, so that it is written to within `reach` only.
 * A device that the push service no longer knows is forgotten, and so is one that could never be told: anybody may hand in addresses where nobody is.
 */
export function createPushSender(deps: { store: Pick<PushStore, 'byEndpoint'>; forget: (endpoint: string) => Promise<void>; keys: VapidKeys; receipts: Pick<Receipts, 'revealPath'>; subject: string; reach: Reach }) {
  const { store, forget, keys, receipts, subject, reach } = deps

  /** The message as its device is to read it: at rest the way to a receipt is sealed. */
  function revealed(bodyJson: string): string {
    const message = JSON.parse(bodyJson) as PushMessage
    return JSON.stringify({ ...message, path: receipts.revealPath(message.path) })
  }

  function prepare(endpoint: string, device: { p256dh: string; auth: string }, bodyJson: string) {
    try {
      return webpush.generateRequestDetails({ endpoint, keys: device }, bodyJson, { TTL: KEEP_SECONDS, urgency: 'normal', vapidDetails: { subject, ...keys } })
    } catch {
      // Keys that are no keys: the message cannot be encrypted for it, today or ever.
      return null
    }
  }

  return async ({ target, bodyJson, attempts }: StoredDelivery): Promise<Attempt> => {
    const device = await store.byEndpoint(target)
    if (!device) return { delivered: false, outcome: 'removed', final: true }
    const request = prepare(device.endpoint, device.keys, revealed(bodyJson))
    if (!request) {
      await forget(device.endpoint)
      return { delivered: false, outcome: 'keys', final: true }
    }
    const made = await post(request.endpoint, request.headers, request.body, reach)
    const status = 'trouble' in made ? 0 : made.status
    const delivered = status >= 200 && status < 300
    const gone = status === 404 || status === 410
    if (gone || (!delivered && attempts >= MAX_ATTEMPTS)) await forget(device.endpoint)
    return { delivered, outcome: 'trouble' in made ? made.trouble : String(status), final: gone }
  }
}
