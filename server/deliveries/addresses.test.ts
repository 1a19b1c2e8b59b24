import { describe, expect, it } from 'vitest'
import { mayReach } from './addresses.ts'

describe('where a delivery may go', () => {
  it.each([
    ['203.0.113.7', true, true, true],
    ['2001:db8::7', true, true, true],
    ['10.1.2.3', true, true, false],
    ['172.31.0.9', true, true, false],
    ['192.168.1.20', true, true, false],
    ['::ffff:192.168.1.20', true, true, false],
    ['fd12::1', true, true, false],
    ['127.0.0.1', true, false, false],
    ['127.8.8.8', true, false, false],
    ['::1', true, false, false],
    ['::ffff:127.0.0.1', true, false, false],
    ['169.254.169.254', false, false, false],
    ['::ffff:169.254.169.254', false, false, false],
    ['fe80::1', false, false, false],
    ['fd00:ec2::254', false, false, false],
    ['100.64.0.1', true, true, false],
    ['100.100.100.200', false, false, false],
    ['192.0.0.192', false, false, false],
    ['198.18.0.1', false, false, false],
    ['::127.0.0.1', false, false, false],
    ['::ffff:0:127.0.0.1', false, false, false],
    ['64:ff9b::a9fe:a9fe', false, false, false],
    ['64:ff9b:1::7f00:1', false, false, false],
    ['2002:7f00:1::1', false, false, false],
    ['2001:0:7f00:1::', false, false, false],
    ['fec0::1', false, false, false],
    ['0.0.0.0', false, false, false],
    ['::', false, false, false],
    ['224.0.0.1', false, false, false],
    ['255.255.255.255', false, false, false],
    ['not an address', false, false, false],
  ])('%s', (address, loopback, intranet, internet) => {
    expect([mayReach(address, 'loopback'), mayReach(address, 'intranet'), mayReach(address, 'internet')]).toEqual([loopback, intranet, internet])
  })
})
