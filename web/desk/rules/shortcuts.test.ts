import { describe, expect, it } from 'vitest'
import { QUESTION_ACTIONS } from '../../../shared/rules/questionLifecycle.ts'
import { SHORTCUTS, commandFor } from './shortcuts.ts'
import type { KeyContext, KeyPress } from './shortcuts.ts'

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, isComposing: false, ...over })
const context = (over: Partial<KeyContext> = {}): KeyContext => ({ typing: false, covered: false, onCard: true, onControl: false, lettersEnabled: true, ...over })

describe('shortcuts', () => {
  it('has a key for every action of the desk, and no key twice', () => {
    const commands = SHORTCUTS.map((shortcut) => shortcut.command)
    const elsewhere: readonly string[] = ['withdraw', 'revise', 'split']
    for (const action of QUESTION_ACTIONS) if (!elsewhere.includes(action)) expect(commands).toContain(action)
    const keys = SHORTCUTS.flatMap((shortcut) => [...shortcut.letters, ...shortcut.keys])
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('reads letters in either case and from full-width input', () => {
    expect(commandFor(press('a'), context())).toBe('approve')
    expect(commandFor(press('A'), context())).toBe('approve')
    expect(commandFor(press('？'), context())).toBe('help')
    expect(commandFor(press('q'), context())).toBeNull()
  })

  it('is silent while typing, composing, under a dialog and with modifiers', () => {
    expect(commandFor(press('a'), context({ typing: true }))).toBeNull()
    expect(commandFor(press('a'), context({ covered: true }))).toBeNull()
    expect(commandFor(press('a', { isComposing: true }), context())).toBeNull()
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) expect(commandFor(press('a', { [modifier]: true }), context())).toBeNull()
  })

  it('leaves arrows alone outside the cards, and keeps them when letters are off', () => {
    expect(commandFor(press('ArrowDown'), context({ onCard: false }))).toBeNull()
    expect(commandFor(press('ArrowDown'), context({ lettersEnabled: false }))).toBe('next')
    expect(commandFor(press('j'), context({ lettersEnabled: false }))).toBeNull()
    expect(commandFor(press('j'), context({ onCard: false }))).toBe('next')
  })

  it('leaves Enter to the button that has the focus', () => {
    expect(commandFor(press('Enter'), context())).toBe('details')
    expect(commandFor(press('Enter'), context({ onControl: true }))).toBeNull()
    expect(commandFor(press('Enter'), context({ onCard: false }))).toBeNull()
  })

  it('moves on while a key is held, but never acts again', () => {
    expect(commandFor(press('j', { repeat: true }), context())).toBe('next')
    expect(commandFor(press('a', { repeat: true }), context())).toBeNull()
  })
})
