import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { RefusedError } from '../../../shared/protocol/errors.ts'
import type { Reach } from '../../deliveries/addresses.ts'
import { post } from '../../deliveries/post.ts'
import type { GatewayLog, SmsGateway } from './gateway.ts'

/** A secret in the form of a webhook's is one; any other is its own bytes. */
const signer = (secret: string) => (secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(Buffer.from(secret), { format: 'raw' }))

/**
 * Posts each code as JSON to the county's own gateway, signed as standardwebhooks.com says. Anything but 2xx within ten seconds is a failure, which is logged without the
 * number.
 * @param reach where it may stand
 */
export function createPostGateway(deps: { url: string; secret: string; reach: Reach; now: () => Date; log: GatewayLog }): SmsGateway {
  const { url, secret, reach, now, log } = deps
  return async ({ phone, code, text, locale }) => {
    const id = randomUUID()
    const at = now()
    const body = JSON.stringify({ phone, code, text, locale })
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Fangtan',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      ...(secret === '' ? {} : { 'webhook-signature': signer(secret).sign(id, at, body) }),
    }
    const made = await post(url, headers, body, reach)
    if ('status' in made && made.status >= 200 && made.status < 300) return
    log.warn({ outcome: 'trouble' in made ? made.trouble : made.status }, 'the message gateway failed')
    throw new RefusedError('gateway_failed')
  }
}
