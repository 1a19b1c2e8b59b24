import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientAddress, fromOurPages } from './request.ts'

const request = (remoteAddress: string | undefined, headers: IncomingMessage['headers'] = {}) => ({ socket: { remoteAddress }, headers }) as IncomingMessage

test.each<[string, string | undefined, string | string[] | undefined, string]>([
  ['nobody stands between', '203.0.113.9', undefined, '203.0.113.9'],
  ['a stranger says it asks for another', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['our proxy says for whom', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['the client lied to our proxy first', '10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['several headers', '192.168.0.4', ['1.1.1.1', '198.51.100.1'], '198.51.100.1'],
  ['IPv4 in IPv6', '::ffff:127.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
  ['IPv6', '::1', '2001:db8::1', '2001:db8::1'],
  ['a proxy on a private IPv6 network', 'fd00::2', '2001:db8::1', '2001:db8::1'],
  ['what is no address', '127.0.0.1', 'unknown', '127.0.0.1'],
  ['an empty header', '127.0.0.1', '', '127.0.0.1'],
  ['a connection that is gone', undefined, '198.51.100.1', ''],
])('%s', (_name, remote, forwarded, expected) => {
  expect(clientAddress(request(remote, { 'x-forwarded-for': forwarded as string }))).toBe(expected)
})

test.each<[string | undefined, boolean]>([
  [undefined, true],
  ['https://fangtan.example', true],
  ['http://localhost:3000', true],
  ['https://localhost:3000', true],
  ['https://evil.example', false],
  ['https://fangtan.example.evil.example', false],
  ['http://fangtan.example', false],
  ['null', false],
  ['', false],
])('an Origin of %s: ours %s', (origin, ours) => {
  const headers = { host: 'localhost:3000', ...(origin === undefined ? {} : { origin }) }
  expect(fromOurPages(request('127.0.0.1', headers), 'https://fangtan.example')).toBe(ours)
})

test('a page under the public name that came without HTTPS is not ours', () => {
  const headers = { host: 'fangtan.example', origin: 'http://fangtan.example' }
  expect(fromOurPages(request('127.0.0.1', headers), 'https://fangtan.example')).toBe(false)
  expect(fromOurPages(request('127.0.0.1', headers), 'http://fangtan.example')).toBe(true)
})

test.each<[string, string | undefined, boolean]>([
  ['same-origin', undefined, true],
  ['none', undefined, true],
  ['same-site', undefined, false],
  ['same-site', 'https://fangtan.example', true],
  ['same-site', 'https://other.fangtan.example', false],
  ['cross-site', undefined, false],
  ['cross-site', 'https://evil.example', false],
  ['cross-site', 'https://fangtan.example', false],
])('a request that says it is %s, with an Origin of %s: ours %s', (site, origin, ours) => {
  const headers = { host: 'localhost:3000', 'sec-fetch-site': site, ...(origin === undefined ? {} : { origin }) }
  expect(fromOurPages(request('127.0.0.1', headers), 'https://fangtan.example')).toBe(ours)
})
