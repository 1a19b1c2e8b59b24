import { expect, it } from 'vitest'
import { phaseSchema } from '../../../shared/sessions.ts'
import { phaseActionsFor } from './phases.ts'

const host = { personId: 'p', roles: ['host' as const] }
const moderator = { personId: 'p', roles: ['moderator' as const] }

it('offers the host the steps of each phase, the rare ones apart', () => {
  expect(Object.fromEntries(phaseSchema.options.map((phase) => [phase, phaseActionsFor(phase, host)]))).toEqual({
    announced: { main: ['open_backstage'], rare: ['cancel'] },
    backstage: { main: ['start'], rare: ['close_backstage', 'cancel'] },
    live: { main: ['pause', 'end'], rare: [] },
    paused: { main: ['resume', 'end'], rare: [] },
    ended: { main: ['archive'], rare: [] },
    archived: { main: [], rare: [] },
    cancelled: { main: [], rare: [] },
  })
})

it('offers a moderator none', () => {
  expect(phaseActionsFor('live', moderator)).toEqual({ main: [], rare: [] })
})
