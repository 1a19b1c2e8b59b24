import { describe, expect, test } from 'vitest'
import { STUFFING, growFlags, network, originOf, suspects } from './rules.ts'
import type { Hit, StoredFlag, Tally } from './rules.ts'

const AT = '2026-11-22T01:30:00.000Z'
const after = (seconds: number) => new Date(Date.parse(AT) + seconds * 1_000).toISOString()

describe('where a vote came from', () => {
  test('is the whole of an IPv4 address, and the line of an IPv6 one', () => {
    expect(network('203.0.113.7')).toBe('203.0.113.7')
    for (const address of ['2001:db8:1:2::1', '2001:db8:1:2:3:4:5:6', '2001:0DB8:0001:0002::ffff', '2001:db8:1:2::192.0.2.1', '2001:db8:1:2::1%eth0']) expect(network(address), address).toBe('2001:db8:1:2')
    expect(network('2001:db8:1:3::1')).not.toBe(network('2001:db8:1:2::1'))
    expect(network('::1')).toBe('0:0:0:0')
    expect(network('fe80::')).toBe('fe80:0:0:0')
  })

  test('is kept as digests that tell nothing without the secret, nor from one session to another', () => {
    const origin = originOf('secret', 's1', '203.0.113.7', 'phone')
    expect(originOf('secret', 's1', '203.0.113.7', 'phone')).toEqual(origin)
    expect(originOf('secret', 's1', '203.0.113.7', 'tablet')).toEqual({ address: origin.address, device: expect.not.stringMatching(origin.device) as string })
    for (const other of [originOf('other', 's1', '203.0.113.7', 'phone'), originOf('secret', 's2', '203.0.113.7', 'phone'), originOf('secret', 's1', '203.0.113.8', 'phone')]) {
      expect(other.address).not.toBe(origin.address)
      expect(other.device).not.toBe(origin.device)
    }
    expect(JSON.stringify(origin)).not.toContain('203')
    expect(originOf('secret', 's1', '2001:db8::1', 'x')).toEqual(originOf('secret', 's1', '2001:db8::2', 'x'))
    expect(originOf('secret', 's1', '', 'x')).toEqual({ address: '', device: '' })
  })
})

describe('too many votes of one source', () => {
  const tally = (votes: number, ...devices: number[]): Tally => ({ address: 'a', votes, firstAt: AT, devices: devices.map((count, index) => ({ device: `d${index}`, votes: count, firstAt: AT })) })
  const found = (tallies: Tally[], total: number) => suspects(tallies, total).map(({ kind, source, votes }) => `${kind} ${source} ${votes}`)
  const { device, address } = STUFFING

  test('of a device that is nearly alone on its address', () => {
    expect(found([tally(device.least, device.least)], 1_000)).toEqual([`device d0 ${device.least}`])
    expect(found([tally(device.least - 1, device.least - 1)], 1_000)).toEqual([])
    expect(found([tally(device.least * 2, device.least)], 1_000)).toEqual([`device d0 ${device.least}`])
    // One make of phone in a hall of many.
    expect(found([tally(device.least * 2 + 1, device.least)], 1_000)).toEqual([])
  })

  test('of a device in any company, once they are many', () => {
    expect(found([tally(1_000, device.inAnyCompany)], 10_000)).toEqual([`device d0 ${device.inAnyCompany}`])
    expect(found([tally(1_000, device.inAnyCompany - 1)], 10_000)).toEqual([])
  })

  test('of an address, when they are most of what the question was given', () => {
    expect(found([tally(address.least)], address.least * 2)).toEqual([`address a ${address.least}`])
    expect(found([tally(address.least)], address.least * 2 + 1)).toEqual([])
    expect(found([tally(address.least - 1)], address.least - 1)).toEqual([])
  })

  test('are held against a device or its address, not both', () => {
    expect(found([tally(100, 70)], 100)).toEqual(['device d0 70'])
    expect(found([tally(140, 70)], 140)).toEqual(['device d0 70', 'address a 70'])
    expect(found([tally(20, 10, 10), { ...tally(8, 8), address: 'b' }], 50)).toEqual(['device d0 10', 'device d1 10', 'device d0 8'])
  })
})

describe('flags', () => {
  const standing = (over: Partial<StoredFlag> = {}): StoredFlag => ({ id: 'f', sessionId: 's', questionId: 'q', number: 1, kind: 'device', source: 'd', votes: 10, firstAt: AT, lastAt: AT, state: 'open', note: '', by: null, ...over })
  const hit = (over: Partial<Hit> = {}): Hit => ({ kind: 'device', source: 'd', votes: 10, firstAt: AT, ...over })
  const from = (device: string, times: number) => Array.from({ length: times }, () => ({ address: 'a', device }))
  const grow = (flags: StoredFlag[], hits: Hit[], fresh: { address: string; device: string }[], at: string) =>
    growFlags(flags, hits, fresh, at, ({ kind, source, votes, firstAt }) => standing({ id: 'new', kind, source, votes, firstAt, lastAt: at })).map(({ id, votes, firstAt, lastAt, state }) => ({ id, votes, firstAt, lastAt, state }))

  test('are opened by a burst', () => {
    expect(grow([], [hit()], from('d', 3), after(5))).toEqual([{ id: 'new', votes: 10, firstAt: AT, lastAt: after(5), state: 'open' }])
    expect(grow([], [], from('d', 3), after(5))).toEqual([])
    // Nobody of that source voted just now: it was flagged, or judged, before.
    expect(grow([], [hit()], from('other', 3), after(5))).toEqual([])
    expect(grow([], [hit({ kind: 'address', source: 'a', votes: 60 })], from('d', 1), after(5))).toMatchObject([{ id: 'new', votes: 60 }])
  })

  test('grow while their source goes on, and rest when it does', () => {
    const flag = standing({ lastAt: after(10) })
    expect(grow([flag], [], from('d', 2), after(70))).toEqual([{ id: 'f', votes: 12, firstAt: AT, lastAt: after(70), state: 'open' }])
    expect(grow([flag], [], from('d', 2), after(71))).toEqual([])
    expect(grow([flag], [hit({ votes: 9, firstAt: after(90) })], from('d', 2), after(100))).toMatchObject([{ id: 'f', votes: 19, lastAt: after(100) }])
    expect(grow([flag], [], from('other', 2), after(20))).toEqual([])
  })

  test('that were set aside are followed by another at the next vote', () => {
    expect(grow([standing({ state: 'set_aside' })], [], from('d', 1), after(3_000))).toEqual([{ id: 'new', votes: 1, firstAt: after(3_000), lastAt: after(3_000), state: 'open' }])
  })

  test('that were dismissed are followed by another only after a later burst that is as large', () => {
    const flag = standing({ state: 'dismissed', lastAt: after(10) })
    expect(grow([flag], [], from('d', 1), after(20))).toEqual([])
    expect(grow([flag], [hit({ votes: 20 })], from('d', 1), after(20))).toEqual([])
    expect(grow([flag], [hit({ votes: 9, firstAt: after(80) })], from('d', 1), after(90))).toEqual([])
    expect(grow([flag], [hit({ votes: 10, firstAt: after(80) })], from('d', 1), after(90))).toMatchObject([{ id: 'new', votes: 10 }])
  })

  test('of one source: the last one speaks', () => {
    const flags = [standing({ id: 'first', state: 'set_aside' }), standing({ id: 'second', firstAt: after(10), lastAt: after(20) })]
    expect(grow(flags, [], from('d', 1), after(30))).toMatchObject([{ id: 'second', votes: 11 }])
  })
})
