import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { RefusedError } from '../../../shared/protocol/errors.ts'
import type { Reach } from '../../deliveries/addresses.ts'
import { postSigned } from '../../deliveries/signed.ts'
import type { GatewayLog, SmsGateway } from './gateway.ts'

/** A secret in the form of a webhook's is one; any other is its own bytes. */
const signer = (secret: string) => (secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(Buffer.from(secret), { format: 'raw' }))

/**
 * Posts each message as JSON to the county's own gateway, signed as standardwebhooks.com says. Anything but 2xx within ten seconds is a failure, which is logged without the
 * number.
 * @param reach where it may stand
 */
export function createPostGateway(deps: { url: string; secret: string; reach: Reach; now: () => Date; log: GatewayLog }): SmsGateway {
  const { url, secret, reach, now, log } = deps
  return async (message) => {
    const signed = { id: randomUUID(), at: now(), body: JSON.stringify(message) }
    const made = await postSigned(url, signed, secret === '' ? null : signer(secret), reach)
    if ('status' in made && made.status >= 200 && made.status < 300) return
    log.warn({ outcome: 'trouble' in made ? made.trouble : made.status }, 'the message gateway failed')
    throw new RefusedError('gateway_failed')
  }
}
