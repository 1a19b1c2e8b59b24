import type { PushSubscriptionInput } from '../../shared/push.ts'
import { getJson, sendJson } from '../net/http.ts'
import type { Gate } from '../residents/gate.ts'

/** Milliseconds that a browser may take to reach its push service. Where the network does not let it, some never answer. */
const SUBSCRIBE_TIMEOUT = 8_000

/** Whether this browser could be told while the page is closed. */
const canPush = () => window.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timeout')), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function inputOf(subscription: PushSubscription, locale: PushSubscriptionInput['locale']): PushSubscriptionInput | null {
  const { endpoint, keys } = subscription.toJSON()
  const { p256dh, auth } = keys ?? {}
  return endpoint !== undefined && p256dh !== undefined && auth !== undefined ? { endpoint, keys: { p256dh, auth }, locale } : null
}

async function subscribed(registration: ServiceWorkerRegistration, key: string): Promise<PushSubscription> {
  const applicationServerKey = bytesOf(key)
  const existing = await registration.pushManager.getSubscription()
  const current = existing?.options.applicationServerKey
  // Another key means another installation: what it pushes would be refused.
  if (existing && current && String(new Uint8Array(current)) === String(applicationServerKey)) return existing
  await existing?.unsubscribe()
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })
}

/**
 * Lets the server tell this device in `locale`; doing so twice does no harm. Resolves to whether it can; never rejects: a county's network may know no push service. `through`: asks the reader to
 * agree first, where that is wanted.
 */
export async function startPush(locale: PushSubscriptionInput['locale'], through: Gate['through']): Promise<boolean> {
  if (!canPush()) return false
  try {
    const { key } = await getJson<{ key: string }>('/api/push/key')
    await navigator.serviceWorker.register('/sw.js')
    const registration = await within(SUBSCRIBE_TIMEOUT, navigator.serviceWorker.ready)
    const input = inputOf(await within(SUBSCRIBE_TIMEOUT, subscribed(registration, key)), locale)
    if (!input) return false
    await through(() => sendJson('PUT', '/api/push', input))
    return true
  } catch {
    return false
  }
}

/** Takes this device off the server's list. Never rejects: what the server still sends to a subscription that is gone comes back to it as gone. */
export async function stopPush(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker?.getRegistration()
    const subscription = await registration?.pushManager.getSubscription()
    if (!subscription) return
    await Promise.allSettled([sendJson('DELETE', '/api/push', { endpoint: subscription.endpoint }), subscription.unsubscribe()])
  } catch {
    // Nothing of it was reachable: there is nothing to be taken off.
  }
}
