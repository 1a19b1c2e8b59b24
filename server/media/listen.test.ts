import type { NetworkInterfaceInfoIPv4, NetworkInterfaceInfoIPv6 } from 'node:os'
import { describe, expect, it } from 'vitest'
import { listenInfos, ownAddresses } from './listen.ts'

const v4 = (address: string, internal = false): NetworkInterfaceInfoIPv4 => ({ address, family: 'IPv4', internal, netmask: '', mac: '', cidr: null })
const v6 = (address: string, internal = false): NetworkInterfaceInfoIPv6 => ({ address, family: 'IPv6', internal, netmask: '', mac: '', cidr: null, scopeid: 0 })
const interfaces = { lo: [v4('127.0.0.1', true), v6('::1', true)], eth0: [v4('192.168.1.5'), v6('fe80::1'), v6('2001:db8::5')] }

describe('listenInfos', () => {
  it('announce the configured address, one port per worker', () => {
    expect(listenInfos({ listenIp: '0.0.0.0', announcedAddress: 'live.example.cn', port: 44400 }, 2, interfaces)).toEqual([
      { protocol: 'udp', ip: '0.0.0.0', port: 44402, announcedAddress: 'live.example.cn' },
      { protocol: 'tcp', ip: '0.0.0.0', port: 44402, announcedAddress: 'live.example.cn' },
    ])
  })
  it('listen on a configured address alone', () => {
    expect(listenInfos({ listenIp: '10.0.0.2', announcedAddress: null, port: 0 }, 1, interfaces)).toEqual([
      { protocol: 'udp', ip: '10.0.0.2' },
      { protocol: 'tcp', ip: '10.0.0.2' },
    ])
  })
  it('offer every own address when none was configured', () => {
    expect(listenInfos({ listenIp: '0.0.0.0', announcedAddress: null, port: 44400 }, 0, interfaces).map(({ protocol, ip, port }) => [protocol, ip, port])).toEqual([
      ['udp', '192.168.1.5', 44400],
      ['udp', '127.0.0.1', 44400],
      ['tcp', '192.168.1.5', 44400],
      ['tcp', '127.0.0.1', 44400],
    ])
  })
})

it('leaves out addresses that only hold on the link, and too many of them', () => {
  expect(ownAddresses(interfaces, 'IPv6')).toEqual(['2001:db8::5', '::1'])
  expect(ownAddresses({ many: Array.from({ length: 20 }, (_, index) => v4(`10.0.0.${index}`)) }, 'IPv4')).toHaveLength(8)
})
