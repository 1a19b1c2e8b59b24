import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { ForbiddenAddressError, guardedLookup, mayReach } from './addresses.ts'
import type { Reach } from './addresses.ts'

/** Milliseconds for one attempt, from looking up the name to the head of the answer. */
const POST_TIMEOUT = 10_000

/** HTTP status, or what went wrong: `timeout`, `address` (not to be reached from here), `dns`, `refused`, `tls`, `network`. */
export type PostOutcome = { status: number } | { trouble: 'timeout' | 'address' | 'dns' | 'refused' | 'tls' | 'network' }

function troubleOf(error: unknown): Extract<PostOutcome, { trouble: string }>['trouble'] {
  if (error instanceof ForbiddenAddressError) return 'address'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ABORT_ERR' || code === 'ETIMEDOUT') return 'timeout'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns'
  if (code === 'ECONNREFUSED') return 'refused'
  if (code.startsWith('ERR_TLS') || code.includes('CERT') || code === 'EPROTO' || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') return 'tls'
  return 'network'
}

/**
 * Posts `body` to `url` and reads nothing of the answer but its status; follows no redirect, which could lead anywhere. Never rejects.
 * @param reach where the address may lie
 */
export function post(url: string, headers: Record<string, string | number>, body: string | Buffer, reach: Reach): Promise<PostOutcome> {
  return new Promise((resolve) => {
    const target = new URL(url)
    // A connection to a bare address looks nothing up.
    const bare = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(bare) !== 0 && !mayReach(bare, reach)) return resolve({ trouble: 'address' })
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest
    // A connection of its own each time: a kept one would skip the check of its address.
    const sent = send(target, { method: 'POST', headers, lookup: guardedLookup(reach), agent: false, signal: AbortSignal.timeout(POST_TIMEOUT) }, (response) => {
      resolve({ status: response.statusCode ?? 0 })
      response.on('error', () => {}).resume()
    })
    sent.on('error', (error) => resolve({ trouble: troubleOf(error) }))
    sent.end(body)
  })
}
