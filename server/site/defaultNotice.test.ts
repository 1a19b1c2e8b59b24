import { expect, test } from 'vitest'
import { DEFAULT_SITE, privacySchema } from '../../shared/site.ts'
import { defaultNotice } from './defaultNotice.ts'

const retention = { logDays: 61, peopleDays: 182, chatDays: 93, verifiedDays: 364, auditDays: 1_096 }

test.each(['zh-CN', 'en'] as const)('says the periods as they are set, in %s', (locale) => {
  const text = defaultNotice({ name: '某县访谈', retention })[locale]
  for (const days of Object.values(retention)) expect(text).toContain(String(days))
  expect(text).toContain('某县访谈')
  expect(defaultNotice({ name: '', retention })[locale]).not.toContain('“”')
})

test('can be published as it is', () => {
  const text = defaultNotice({ name: '某县访谈', retention: DEFAULT_SITE.retention })
  expect(privacySchema.parse(text)).toEqual(text)
})
