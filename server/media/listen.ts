import type { NetworkInterfaceInfo } from 'node:os'
import type { types } from 'mediasoup'
import type { MediaConfig } from '../config.ts'

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>

const ANY = new Set(['0.0.0.0', '::'])
/** Each address is two candidates for every client to try. */
const ADDRESSES_MAX = 8

/** Addresses to listen on when none was configured: a browser cannot be sent to 0.0.0.0, so each own address is offered by itself. */
export function ownAddresses(interfaces: Interfaces, family: 'IPv4' | 'IPv6'): string[] {
  const all = Object.values(interfaces).flatMap((entries) => entries ?? [])
  const usable = all.filter((entry) => entry.family === family && !entry.address.startsWith('fe80'))
  const ordered = [...usable.filter((entry) => !entry.internal), ...usable.filter((entry) => entry.internal)]
  return [...new Set(ordered.map((entry) => entry.address))].slice(0, ADDRESSES_MAX)
}

/** UDP and TCP listening points of worker `index`. Port 0: any free port. */
export function listenInfos(config: Pick<MediaConfig, 'listenIp' | 'announcedAddress' | 'port'>, index: number, interfaces: Interfaces): types.TransportListenInfo[] {
  const port = config.port === 0 ? {} : { port: config.port + index }
  const each = (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ...port }))
  if (config.announcedAddress !== null) {
    const announcedAddress = config.announcedAddress
    return each.map((info) => ({ ...info, ip: config.listenIp, announcedAddress }))
  }
  if (!ANY.has(config.listenIp)) return each.map((info) => ({ ...info, ip: config.listenIp }))
  const addresses = ownAddresses(interfaces, config.listenIp === '::' ? 'IPv6' : 'IPv4')
  return each.flatMap((info) => addresses.map((ip) => ({ ...info, ip })))
}
