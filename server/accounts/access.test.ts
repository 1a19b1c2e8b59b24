import { expect, test } from 'vitest'
import type { Grant } from '../../shared/accounts.ts'
import { actorFrom, createAccess } from './access.ts'

const grant = (over: Partial<Grant>): Grant => ({ id: 'g', sessionId: null, role: 'host', guestId: null, name: '', accountId: null, ...over })

test('everybody is a participant, and besides what was given here or everywhere', () => {
  expect(actorFrom('p', 's', [])).toEqual({ personId: 'p', roles: ['participant'] })
  expect(actorFrom('p', 's', [grant({ sessionId: 's', role: 'guest' }), grant({ sessionId: 'other', role: 'host' })])).toEqual({ personId: 'p', roles: ['participant', 'guest'] })
  expect(actorFrom('p', 's', [grant({}), grant({ sessionId: 's' })])).toEqual({ personId: 'p', roles: ['participant', 'host'] })
})

test('rights are remembered for a second, and forgotten at once when they change here', async () => {
  let clock = 0
  let grants: Grant[] = []
  let reads = 0
  const access = createAccess(async () => (reads++, grants), () => clock)
  const may = () => access.require('p', 's', 'session.edit').then(
    () => true,
    (error: { refusal: { code: string } }) => error.refusal.code,
  )
  expect(await may()).toBe('forbidden')
  grants = [grant({})]
  expect(await may()).toBe('forbidden')
  expect(reads).toBe(1)
  access.forget('p')
  expect(await may()).toBe(true)
  grants = []
  clock = 999
  expect(await may()).toBe(true)
  clock = 1_000
  expect(await may()).toBe('forbidden')
})
