import { describe, expect, it } from 'vitest'
import type { Role } from '../../shared/accounts.ts'
import { OPEN_INTAKE } from '../../shared/sessions.ts'
import type { Phase } from '../../shared/sessions.ts'
import { ARMED_FOR, SLIP, cutOffered, pressMeans } from './rules.ts'

const as = (role: Role) => ({ personId: 'p', roles: ['participant' as const, role] })
const at = (phase: Phase) => ({ phase, intake: OPEN_INTAKE })

describe('cutting everything off', () => {
  it('is for those who answer for what is shown', () => {
    const roles: Role[] = ['host', 'moderator', 'director', 'supervisor', 'admin', 'guest', 'recorder', 'participant', 'staff', 'officer']
    expect(roles.filter((role) => cutOffered(at('live'), as(role)))).toEqual(['host', 'moderator', 'director', 'supervisor', 'admin'])
  })

  it('is for what the public sees, and once', () => {
    const phases: Phase[] = ['announced', 'backstage', 'live', 'paused', 'ended', 'archived', 'cancelled']
    expect(phases.filter((phase) => cutOffered(at(phase), as('host')))).toEqual(['live', 'paused'])
    expect(cutOffered({ phase: 'paused', intake: { ...OPEN_INTAKE, cut: { by: 'host', reason: '', at: '2026-11-22T10:00:00.000Z', before: { paused: false, chatEnabled: true } } } }, as('host'))).toBe(false)
  })

  it('takes two presses that are meant', () => {
    expect(pressMeans(null)).toBe('arm')
    expect(pressMeans(SLIP - 1)).toBe('slip')
    expect(pressMeans(SLIP)).toBe('cut')
    expect(pressMeans(ARMED_FOR)).toBe('cut')
    expect(pressMeans(ARMED_FOR + 1)).toBe('arm')
  })
})
