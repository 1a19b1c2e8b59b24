import { expect, it } from 'vitest'
import type { AdminSession } from '../../../shared/administration.ts'
import type { Phase } from '../../../shared/sessions.ts'
import { listed } from './rules.ts'

const session = (id: string, phase: Phase, startsAt: string, watching = 0): AdminSession => ({ id, title: id, phase, startsAt, watching, cut: null, hosts: [], roles: {} })

it('puts what runs first, then what comes soonest, then what ended last', () => {
  const lists = listed([
    session('next week', 'announced', '2026-11-29'),
    session('tomorrow', 'announced', '2026-11-23'),
    session('archived', 'archived', '2026-01-01'),
    session('ended', 'ended', '2026-11-20'),
    session('cancelled', 'cancelled', '2026-11-21'),
    session('small', 'live', '2026-11-22', 3),
    session('large', 'paused', '2026-11-22', 300),
    session('backstage', 'backstage', '2026-11-21', 3),
  ])
  expect(Object.values(lists).map((list) => list.map(({ id }) => id))).toEqual([
    ['large', 'backstage', 'small'],
    ['tomorrow', 'next week'],
    ['cancelled', 'ended', 'archived'],
  ])
})
