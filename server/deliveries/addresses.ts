import { lookup as resolve } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

/**
 * Where a delivery may go. `intranet`: a receiver that an administrator named, which may stand in the county's own network; never link-local addresses (a cloud's metadata),
 * and this machine itself only when the operator allows it. `internet`: an address that anybody may have handed in; nothing private at all.
 */
export type Reach = 'loopback' | 'intranet' | 'internet'

const never = new BlockList()
never.addSubnet('0.0.0.0', 8, 'ipv4')
// Where clouds answer for their machines' identities: nearly all of them link-local, two elsewhere.
never.addAddress('100.100.100.200', 'ipv4')
never.addSubnet('192.0.0.0', 24, 'ipv4')
never.addSubnet('169.254.0.0', 16, 'ipv4')
never.addSubnet('198.18.0.0', 15, 'ipv4')
never.addSubnet('224.0.0.0', 3, 'ipv4')
never.addSubnet('fe80::', 10, 'ipv6')
never.addSubnet('fec0::', 10, 'ipv6')
never.addSubnet('ff00::', 8, 'ipv6')
// IPv4 in clothes that a router or translator on the way takes off: past all of the above.
never.addSubnet('::', 96, 'ipv6')
never.addSubnet('::ffff:0:0:0', 96, 'ipv6')
never.addSubnet('64:ff9b::', 32, 'ipv6')
never.addSubnet('2001::', 32, 'ipv6')
never.addSubnet('2002::', 16, 'ipv6')
// The clouds' identities over IPv6.
never.addSubnet('fd00:ec2::', 32, 'ipv6')
never.addAddress('fd20:ce::254', 'ipv6')

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const intranet = new BlockList()
intranet.addSubnet('10.0.0.0', 8, 'ipv4')
intranet.addSubnet('100.64.0.0', 10, 'ipv4')
intranet.addSubnet('172.16.0.0', 12, 'ipv4')
intranet.addSubnet('192.168.0.0', 16, 'ipv4')
intranet.addSubnet('fc00::', 7, 'ipv6')

/** Whether `address` (an IP) lies within `reach`. IPv4 in IPv6's clothes counts as what it is. */
export function mayReach(address: string, reach: Reach): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0) return false
  if (loopback.check(address, family)) return reach === 'loopback'
  if (never.check(address, family)) return false
  return reach !== 'internet' || !intranet.check(address, family)
}

/** Thrown for a name that leads where a delivery may not go. */
export class ForbiddenAddressError extends Error {}

/**
 * Resolves names for a connection and refuses those that lead beyond `reach`. Asked by the connection itself, so that a name cannot be
 * one address while it is checked and another when it is used.
 */
export function guardedLookup(reach: Reach): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      const allowed = addresses.filter(({ address }) => mayReach(address, reach))
      const [first] = allowed
      if (!first) return callback(new ForbiddenAddressError(hostname), '')
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}
