import { expect, it } from 'vitest'
import type { Grant, Me } from '../../shared/accounts.ts'
import { isSomebody, whoOf } from './who.ts'

const grant = (role: Grant['role'], name = ''): Grant => ({ id: role, sessionId: null, role, guestId: null, name, accountId: null })
const me = (over: Partial<Me>): Me => ({ personId: 'a', grants: [], signedIn: null, account: null, verified: [], consented: null, ...over })

it('is somebody by what they hold', () => {
  const links = { signedIn: 'link' as const }
  expect([null, me({}), me(links), me({ ...links, grants: [grant('guest')] }), me({ signedIn: 'staff' }), me({ signedIn: 'resident' })].map(isSomebody)).toEqual([false, false, false, true, true, true])
})

it('is nobody before anything is known, and while nobody is signed in', () => {
  expect([whoOf(null), whoOf(me({ grants: [grant('host', '王芳')] }))]).toEqual([
    { name: '', role: null },
    { name: '', role: null },
  ])
})
it('is the account', () =>
  expect(whoOf(me({ signedIn: 'staff', grants: [grant('host', '王芳')], account: { username: 'zhang', name: '张敏', post: '', departmentId: null, spokesperson: false, role: 'officer', secondFactor: 'on' } }))).toEqual({ name: '张敏', role: 'officer' }))
it('is what a link says', () => expect(whoOf(me({ signedIn: 'link', grants: [grant('guest', '周启明')] }))).toEqual({ name: '周启明', role: 'guest' }))
it('is the weightiest of several, with a name if any has one', () => expect(whoOf(me({ signedIn: 'link', grants: [grant('guest', '周启明'), grant('host')] }))).toEqual({ name: '周启明', role: 'host' }))
it('has no role as a verified resident', () => expect(whoOf(me({ signedIn: 'resident' }))).toEqual({ name: '', role: null }))
