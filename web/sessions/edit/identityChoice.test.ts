import { describe, expect, it } from 'vitest'
import { identityChoices } from './identityChoice.ts'

const provider = { id: 'zwfw', name: '政务服务网' }
const rules = (site: Parameters<typeof identityChoices>[0], set: Parameters<typeof identityChoices>[1]) => identityChoices(site, set).map(({ rule, missing }) => (missing ? `${rule}?` : rule))

describe('what a host can ask of residents', () => {
  it('is nothing where the site has set up nothing', () => {
    expect(rules({ phone: false, providers: [] }, ['anonymous'])).toEqual(['anonymous'])
  })

  it('is what the site has set up; either of two only where there are two', () => {
    expect(rules({ phone: true, providers: [] }, ['anonymous'])).toEqual(['anonymous', 'phone'])
    expect(rules({ phone: false, providers: [provider] }, ['anonymous'])).toEqual(['anonymous', 'oidc'])
    expect(rules({ phone: true, providers: [provider] }, ['anonymous'])).toEqual(['anonymous', 'phone', 'oidc', 'either'])
  })

  it('keeps what is set, and says when it cannot work', () => {
    expect(rules({ phone: false, providers: [provider] }, ['phone'])).toEqual(['anonymous', 'phone?', 'oidc'])
    expect(rules({ phone: false, providers: [] }, ['either'])).toEqual(['anonymous', 'either?'])
    expect(rules({ phone: true, providers: [] }, ['either'])).toEqual(['anonymous', 'phone', 'either'])
  })

  it('keeps what is set while the site is not known, and blames nobody', () => {
    expect(rules(null, ['oidc'])).toEqual(['anonymous', 'oidc'])
  })
})
