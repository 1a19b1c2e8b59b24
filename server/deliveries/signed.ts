import type { Webhook } from 'standardwebhooks'
import { post } from './post.ts'
import type { PostOutcome } from './post.ts'
import type { Reach } from './addresses.ts'

/**
 * Posts JSON as standardwebhooks.com says. Never rejects.
 * @param message `id`: by which a receiver knows a repetition
 * @param signer null: unsigned
 */
export function postSigned(url: string, { id, at, body }: { id: string; at: Date; body: string }, signer: Webhook | null, reach: Reach): Promise<PostOutcome> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Fangtan',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    ...(signer ? { 'webhook-signature': signer.sign(id, at, body) } : {}),
  }
  return post(url, headers, body, reach)
}
