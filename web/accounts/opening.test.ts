import { expect, it } from 'vitest'
import { openingOf } from './opening.ts'

const current = { name: '周启明', role: 'guest', device: 'Chrome, Windows', since: '2026-11-22T01:30:00.000Z' }

it('says who holds a link that is in use', () => expect(openingOf({ code: 'link_in_use', current })).toEqual({ step: 'in_use', current }))
it('can be tried again when it is not said who', () => expect(openingOf({ code: 'link_in_use' })).toEqual({ step: 'failed', refusal: { code: 'link_in_use' } }))
it.each(['link_invalid', 'invalid_input', 'not_found'] as const)('a link refused as %s is of no use', (code) => expect(openingOf({ code })).toEqual({ step: 'invalid' }))
it.each(['offline', 'timeout', 'rate_limited', 'internal'] as const)('%s can be tried again', (code) => expect(openingOf({ code })).toEqual({ step: 'failed', refusal: { code } }))
