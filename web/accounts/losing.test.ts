import { describe, expect, it } from 'vitest'
import type { Grant, Me, SignedIn } from '../../shared/accounts.ts'
import { lossOf } from './losing.ts'

const grant = (id: string, role: Grant['role'] = 'host'): Grant => ({ id, sessionId: null, role, guestId: null, name: '', accountId: null })
const me = (personId: string, signedIn: SignedIn | null, grants: Grant[] = []): Me => ({ personId, grants, signedIn, account: null, verified: [], consented: null })

describe('what a browser lost', () => {
  it('is nothing before anybody was known', () => expect(lossOf(null, me('a', null))).toBeNull())
  it('is nothing when another device of the same person was meant', () => expect(lossOf(me('a', 'staff', [grant('1')]), me('a', 'staff', [grant('1')]))).toBeNull())
  it('is the sign-in', () => expect(lossOf(me('a', 'staff', [grant('1')]), me('b', null))).toBe('signed_out'))
  it('is the sign-in, also when another one took its place', () => expect(lossOf(me('a', 'link', [grant('1')]), me('b', 'link', [grant('1')]))).toBe('signed_out'))
  it('is the sign-in, when its only link was taken over', () => expect(lossOf(me('a', 'link', [grant('1')]), me('a', 'link'))).toBe('signed_out'))
  it('is one of several rights', () => expect(lossOf(me('a', 'staff', [grant('1'), grant('2')]), me('a', 'staff', [grant('2')]))).toBe('less'))
  it('is a role that became another', () => expect(lossOf(me('a', 'staff', [grant('1', 'admin')]), me('a', 'staff', [grant('1', 'staff')]))).toBe('less'))
  it('is nothing when rights came', () => expect(lossOf(me('a', null), me('b', 'staff', [grant('1')]))).toBeNull())
})
