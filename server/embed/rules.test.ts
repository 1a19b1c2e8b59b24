import { describe, expect, test } from 'vitest'
import { embedTokenOf, frameOrigins, mayFromFrame } from './rules.ts'

test.each<[string | undefined, string | null]>([
  [undefined, null],
  ['', null],
  ['Basic YTpi', null],
  ['Bearer abc', null],
  ['Embedded abc', null],
  ['Embed abc', 'abc'],
  ['embed   abc', 'abc'],
  ['Embed', ''],
  ['Embed ', ''],
  ['Embed a b', ''],
])('of %s the token is %s', (header, token) => {
  expect(embedTokenOf(header)).toBe(token)
})

test.each<[string, string, boolean]>([
  ['GET', '/api/me', true],
  ['GET', '/api/sessions/a/outcomes', true],
  ['HEAD', '/api/site', true],
  ['GET', '/api/me/oidc/county', false],
  ['GET', '/API/me/OIDC/county/callback', false],
  ['PUT', '/api/me/consent', true],
  ['POST', '/api/pictures', true],
  ['POST', '/api/pictures/x', false],
  ['POST', '/api/links/open', false],
  ['POST', '/api/sign-in', false],
  ['POST', '/api/me/phone', false],
  ['POST', '/api/me/phone/confirm', false],
  ['POST', '/api/me/erase', false],
  ['DELETE', '/api/me/consent', false],
  ['OPTIONS', '/api/me/consent', false],
])('%s %s from a frame: %s', (method, path, may) => {
  expect(mayFromFrame(method, path)).toBe(may)
})

describe('who may show the widget', () => {
  const forum = (code: string, origins: string[], archived = false) => ({ code, origins, archived })
  const all = [forum('a', ['https://a.example', 'http://a.example:8080']), forum('b', ['https://b.example', 'https://a.example']), forum('old', ['https://old.example'], true)]

  test('every forum that there is, each origin once', () => {
    expect(frameOrigins(all, null)).toEqual(['https://a.example', 'http://a.example:8080', 'https://b.example'])
  })
  test('one forum alone, when it is named', () => {
    expect(frameOrigins(all, 'b')).toEqual(['https://b.example', 'https://a.example'])
  })
  test('nobody by the name of one that is archived; all by a name that nobody has', () => {
    expect(frameOrigins(all, 'old')).toEqual([])
    expect(frameOrigins(all, 'x')).toHaveLength(3)
  })
  test('no origin cuts the policy open', () => {
    const hostile = ["https://a;script-src 'unsafe-inline'", 'https://a.example;', 'https://a,b', '*', "'none'", 'https://*.example', 'data:', 'https://a.example/path', 'https://ok.example', 'https://[::1]:3000']
    expect(frameOrigins([forum('x', hostile)], null)).toEqual(['https://ok.example', 'https://[::1]:3000'])
  })
})
