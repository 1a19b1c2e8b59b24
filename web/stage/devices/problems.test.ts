import { describe, expect, it } from 'vitest'
import messages from '../messages.ts'
import { browserOf, fixKey, problemOf } from './problems.ts'
import type { Browser, DeviceProblem } from './problems.ts'

function named(name: string, message = ''): Error {
  const error = new Error(message)
  error.name = name
  return error
}

describe('problemOf', () => {
  it.each<[string, Error | undefined, DeviceProblem]>([
    ['Chrome, refused', named('NotAllowedError', 'Permission denied'), 'denied'],
    ['Chrome, closed the question', named('NotAllowedError', 'Permission dismissed'), 'dismissed'],
    ['Chrome, refused by macOS', named('NotAllowedError', 'Permission denied by system'), 'denied_by_system'],
    ['Firefox, refused', named('NotAllowedError', 'The request is not allowed by the user agent or the platform in the current context.'), 'denied'],
    ['no device', named('NotFoundError'), 'missing'],
    ['the chosen device is gone', named('OverconstrainedError'), 'missing'],
    ['another program has it', named('NotReadableError', 'Could not start video source'), 'busy'],
    ['Firefox, another program has it', named('AbortError', 'Starting videoinput failed'), 'busy'],
    ['the page may not ask', named('SecurityError'), 'denied'],
    ['something else', named('TypeError'), 'unknown'],
    ['no error at all', undefined, 'unknown'],
  ])('%s', (_name, error, expected) => expect(problemOf(error, true)).toBe(expected))
  it('knows a page without https by the missing devices', () => expect(problemOf(named('TypeError'), false)).toBe('insecure'))
})

describe('browserOf', () => {
  it.each<[string, Browser]>([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36', 'chrome'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0', 'edge'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'firefox'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15', 'safari'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1', 'ios'],
    ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50', 'wechat'],
    ['curl/8', 'other'],
  ])('%s', (userAgent, expected) => expect(browserOf(userAgent)).toBe(expected))
})

describe('fixKey', () => {
  const problems: DeviceProblem[] = ['insecure', 'denied', 'denied_by_system', 'dismissed', 'missing', 'busy', 'ended', 'unknown']
  const browsers: Browser[] = ['wechat', 'ios', 'safari', 'firefox', 'edge', 'chrome', 'other']
  it.each(problems.flatMap((problem) => browsers.map((browser) => fixKey(problem, browser))))('%s has words in both languages', (key) => {
    for (const locale of ['zh-CN', 'en'] as const) {
      let node: unknown = messages[locale].stage.problem
      for (const part of key.split('.')) node = typeof node === 'object' && node !== null ? Reflect.get(node, part) : undefined
      expect(node).toEqual(expect.any(String))
    }
  })
})
