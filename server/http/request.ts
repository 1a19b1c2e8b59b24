import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

const nearby = new BlockList()
nearby.addSubnet('127.0.0.0', 8, 'ipv4')
nearby.addSubnet('10.0.0.0', 8, 'ipv4')
nearby.addSubnet('172.16.0.0', 12, 'ipv4')
nearby.addSubnet('192.168.0.0', 16, 'ipv4')
nearby.addAddress('::1', 'ipv6')
nearby.addSubnet('fc00::', 7, 'ipv6')

const plain = (address: string) => address.replace(/^::ffff:/, '')
const isNearby = (address: string) => isIP(address) !== 0 && nearby.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/**
 * The address of who asks. Only a proxy on this machine or its private network may say that it asks for somebody else (the last entry of X-Forwarded-For is
 * the one that this proxy itself saw; what stands before it is the client's word).
 */
export function clientAddress(request: IncomingMessage): string {
  const direct = plain(request.socket.remoteAddress ?? '')
  if (!isNearby(direct)) return direct
  const header = request.headers['x-forwarded-for']
  const forwarded = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').at(-1)?.trim() ?? ''
  return isIP(plain(forwarded)) !== 0 ? plain(forwarded) : direct
}

/**
 * Whether a request that changes something, or opens a socket, comes from our own pages. Browsers always send Origin with those, and newer ones say in a word of their
 * own from where (Sec-Fetch-Site); a client without either is no browser and carries nobody's cookie by accident.
 */
export function fromOurPages(request: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site') return false
  if (origin === undefined) return site !== 'same-site'
  const ours = new URL(publicUrl)
  if (origin === ours.origin || origin === `https://${host}`) return true
  // Where the public has HTTPS, a page under that name without it was written by whoever sits on the line.
  return origin === `http://${host}` && !(ours.protocol === 'https:' && ours.host === host)
}
