import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { describesItself } from './provider.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** @returns the issuer whose description `answer` gives */
async function provider(answer: (response: ServerResponse, issuer: string, path: string) => void): Promise<string> {
  const server = createServer((request, response) => answer(response, issuer, request.url ?? ''))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => (server.closeAllConnections(), server.close()))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return issuer
}

test('a provider names itself, with or without the slash at the end', async () => {
  const issuer = await provider((response, self) => void response.end(JSON.stringify({ issuer: `${self}/` })))
  expect(await describesItself(issuer, true)).toBe(true)
  expect(await describesItself(`${issuer}/`, true)).toBe(true)
})

test('without TLS it does not count where people sign in for good', async () => {
  const issuer = await provider((response, self) => void response.end(JSON.stringify({ issuer: self })))
  expect(await describesItself(issuer, false)).toBe(false)
})

test.each<[string, (response: ServerResponse, issuer: string, path: string) => void]>([
  ['names another', (response) => void response.end(JSON.stringify({ issuer: 'https://other.example' }))],
  ['names none', (response) => void response.end('{}')],
  ['is no description', (response) => void response.end('<html>')],
  ['is refused', (response, issuer) => void response.writeHead(404).end(JSON.stringify({ issuer }))],
  ['leads elsewhere', (response, issuer, path) => void (path === '/there' ? response.end(JSON.stringify({ issuer })) : response.writeHead(302, { Location: '/there' }).end())],
  ['has no end', (response, issuer) => {
    response.write(`{"issuer":"${issuer}","more":"`)
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    }
    response.on('drain', more)
    more()
  }],
])('an answer that %s is none', async (_name, answer) => {
  expect(await describesItself(await provider(answer), true)).toBe(false)
})
