import { expect, test, vi } from 'vitest'
import type { RefusedError } from '../../shared/protocol/errors.ts'
import { createConsents } from './consents.ts'

function open() {
  const site: { version: number | null } = { version: null }
  const given = new Map<string, number>()
  let clock = 0
  const notice = vi.fn(async () => (site.version === null ? null : { version: site.version }))
  const consents = createConsents({ notice, agreed: async (personId) => given.get(personId) ?? 0, write: async (personId, version) => void given.set(personId, version), now: () => clock })
  const refusal = (doing: Promise<unknown>) => doing.then(() => null, (error: RefusedError) => error.refusal)
  return { site, given, notice, consents, refusal, wait: (ms: number) => (clock += ms) }
}

test('nobody is asked while no notice is published', async () => {
  const { consents, refusal } = open()
  expect(await refusal(consents.require('p'))).toBeNull()
  expect(await refusal(consents.give('p', { version: 1, locale: 'en' }))).toEqual({ code: 'wrong_state' })
  expect(await consents.of('p')).toBeNull()
})

test('a notice is to be agreed to, and each new one again', async () => {
  const { site, consents, refusal, wait } = open()
  site.version = 1
  expect(await refusal(consents.require('p'))).toEqual({ code: 'consent_required', current: 1 })
  await consents.give('p', { version: 1, locale: 'zh-CN' })
  expect(await refusal(consents.require('p'))).toBeNull()
  site.version = 2
  wait(1_000)
  expect(await refusal(consents.require('p'))).toEqual({ code: 'consent_required', current: 2 })
  expect(await refusal(consents.give('p', { version: 1, locale: 'zh-CN' }))).toEqual({ code: 'stale', current: 2 })
  expect(await consents.of('p')).toBe(1)
})

test('a crowd within one second asks once what is published, and a failure is not remembered', async () => {
  const { consents, notice, refusal, wait } = open()
  await Promise.all(['a', 'b', 'c'].map((person) => consents.require(person)))
  expect(notice).toHaveBeenCalledTimes(1)
  wait(1_000)
  notice.mockRejectedValueOnce(new Error('no answer'))
  await expect(consents.require('a')).rejects.toThrow('no answer')
  expect(await refusal(consents.require('a'))).toBeNull()
})
