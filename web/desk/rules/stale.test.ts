import { describe, expect, it } from 'vitest'
import { explainStale, isAboutSession, latestKnown, onAirNow } from './stale.ts'
import { aQuestion } from './testing.ts'

const seen = aQuestion({ state: 'approved', version: 4 })
const air = (replacing: string | null) => ({ action: 'air' as const, seen, replacing })

describe('stale', () => {
  it('says where the question went', () => {
    expect(explainStale(air(null), { ...seen, state: 'declined', version: 5 }, null)).toEqual({ kind: 'moved', state: 'declined', onAir: null })
  })

  it('says that the words were changed', () => {
    expect(explainStale(air(null), { ...seen, text: '改过', version: 5 }, null).kind).toBe('edited')
  })

  it('says that another question is on air, or none any more', () => {
    expect(explainStale(air(null), seen, aQuestion({ number: 7 }))).toEqual({ kind: 'other_on_air', state: 'approved', onAir: 7 })
    expect(explainStale(air('q7'), seen, null).kind).toBe('off_air')
  })

  it('says that it is gone', () => {
    expect(explainStale(air(null), null, null).kind).toBe('gone')
    expect(explainStale(air(null), { ...seen, state: 'withdrawn' }, null).kind).toBe('gone')
  })

  it('says that it was merged', () => {
    expect(explainStale(air(null), { ...seen, state: 'merged', version: 5 }, null)).toMatchObject({ kind: 'moved', state: 'merged' })
  })

  it('still says something when only the version moved', () => {
    expect(explainStale(air(null), { ...seen, version: 5 }, null).kind).toBe('changed')
  })

  it('takes the newer of what it knows and what the refusal carried', () => {
    const newer = { ...seen, version: 6 }
    expect(latestKnown('q1', seen, newer)).toBe(newer)
    expect(latestKnown('q1', newer, seen)).toBe(newer)
    expect(latestKnown('q1', seen, undefined)).toBe(seen)
    expect(latestKnown('q1', undefined, 'nonsense')).toBeNull()
    expect(latestKnown('q1', seen, aQuestion({ number: 2, version: 9 }))).toBe(seen)
  })

  it('reads what is on air from the refusal, which may be ahead of the page', () => {
    const other = aQuestion({ number: 7, state: 'asking' })
    expect(onAirNow('q1', null, other)).toBe(other)
    expect(onAirNow('q1', other, null)).toBeNull()
    expect(onAirNow('q1', other, seen)).toBe(other)
    expect(onAirNow('q1', other, undefined)).toBe(other)
  })

  it('knows a refusal for the phase of the session', () => {
    expect(isAboutSession({ id: 's', phase: 'ended' })).toBe(true)
    expect(isAboutSession(seen)).toBe(false)
    expect(isAboutSession(null)).toBe(false)
  })
})
