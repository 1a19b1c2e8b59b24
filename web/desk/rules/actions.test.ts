import { describe, expect, it } from 'vitest'
import type { Role } from '../../../shared/accounts.ts'
import { questionStateSchema } from '../../../shared/questions.ts'
import { actionsFor, bulkActionsFor, buttonsOf, menuOf, replacedBy, takeBackTo } from './actions.ts'
import { aQuestion } from './testing.ts'

const actor = (...roles: Role[]) => ({ personId: 'p', roles: [...roles, 'participant' as const] })

describe('actions', () => {
  it('offers a host every step of each state', () => {
    const offered = Object.fromEntries(questionStateSchema.options.map((state) => [state, actionsFor(state, actor('host'))]))
    expect(offered).toEqual({
      pending: ['approve', 'decline', 'edit', 'merge', 'label', 'assign'],
      approved: ['air', 'decline', 'reply', 'edit', 'merge', 'label', 'assign', 'take_back'],
      asking: ['answer', 'reply', 'edit', 'label', 'assign', 'time', 'take_back'],
      answered: ['reply', 'label', 'take_back'],
      declined: ['take_back'],
      merged: ['split'],
      withdrawn: [],
    })
  })

  it('keeps the air to the host, and everything from a participant', () => {
    expect(actionsFor('approved', actor('moderator'))).toEqual(['decline', 'edit', 'merge', 'label', 'assign', 'take_back'])
    expect(actionsFor('asking', actor('moderator'))).toEqual(['edit', 'label', 'assign', 'take_back'])
    expect(actionsFor('pending', actor())).toEqual([])
  })

  it('puts the frequent steps on the card and the rest behind its menu', () => {
    const approved = actionsFor('approved', actor('host'))
    expect(buttonsOf(approved)).toEqual(['air'])
    expect(menuOf(approved)).toEqual(['decline', 'reply', 'edit', 'merge', 'label', 'assign', 'take_back'])
    expect(buttonsOf(actionsFor('approved', actor('moderator')))).toEqual(['decline', 'take_back'])
    expect(buttonsOf(actionsFor('pending', actor('host')))).toEqual(['approve', 'decline'])
    expect(menuOf(actionsFor('asking', actor('host')))).not.toContain('time')
  })

  it('knows what can be done with many at once', () => {
    expect(bulkActionsFor('pending', actor('moderator'))).toEqual(['approve', 'decline', 'merge', 'label', 'assign'])
    expect(bulkActionsFor('declined', actor('moderator'))).toEqual(['take_back'])
    expect(bulkActionsFor('pending', actor())).toEqual([])
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
