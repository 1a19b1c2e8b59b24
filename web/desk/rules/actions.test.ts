import { describe, expect, it } from 'vitest'
import type { Role } from '../../../shared/accounts.ts'
import { questionStateSchema } from '../../../shared/questions.ts'
import { actionsFor, replacedBy, takeBackTo } from './actions.ts'
import { aQuestion } from './testing.ts'

const actor = (...roles: Role[]) => ({ personId: 'p', roles: [...roles, 'participant' as const], platform: false })

describe('actions', () => {
  it('offers a host every step of each state', () => {
    const offered = Object.fromEntries(questionStateSchema.options.map((state) => [state, actionsFor(state, actor('host'))]))
    expect(offered).toEqual({
      pending: ['approve', 'decline', 'edit'],
      approved: ['air', 'decline', 'edit', 'take_back'],
      asking: ['answer', 'edit', 'take_back'],
      answered: ['take_back'],
      declined: ['take_back'],
      merged: [],
      withdrawn: [],
    })
  })

  it('keeps the air to the host, and everything from a participant', () => {
    expect(actionsFor('approved', actor('moderator'))).toEqual(['decline', 'edit', 'take_back'])
    expect(actionsFor('asking', actor('moderator'))).toEqual(['edit', 'take_back'])
    expect(actionsFor('pending', actor())).toEqual([])
  })

  it('knows what is replaced and where taking back leads', () => {
    const onAir = aQuestion({ number: 2, state: 'asking' })
    expect(replacedBy(aQuestion({ number: 1 }), [onAir])).toBe(onAir)
    expect(replacedBy(onAir, [onAir])).toBeNull()
    expect(replacedBy(onAir, [])).toBeNull()
    expect(takeBackTo('declined')).toBe('pending')
    expect(takeBackTo('pending')).toBeNull()
  })
})
