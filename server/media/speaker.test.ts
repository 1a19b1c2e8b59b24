import { describe, expect, it } from 'vitest'
import { NOBODY, nextSpeaker } from './speaker.ts'
import type { Loudness } from './speaker.ts'

const both = new Set(['a', 'b'])
const a = (volume: number): Loudness => ({ seatId: 'a', volume })
const b = (volume: number): Loudness => ({ seatId: 'b', volume })
const speaking = (seatId: string, since = 0, heardAt = since) => ({ seatId, since, heardAt })

describe('the speaker', () => {
  it('is the loudest when nobody was', () => expect(nextSpeaker(NOBODY, [a(-40), b(-30)], both, 100).seatId).toBe('b'))
  it('is nobody in silence', () => expect(nextSpeaker(NOBODY, [], both, 100)).toBe(NOBODY))
  it('stays through a pause for breath', () => expect(nextSpeaker(speaking('a'), [], both, 2_000).seatId).toBe('a'))
  it('is nobody after a longer silence', () => expect(nextSpeaker(speaking('a'), [], both, 2_500).seatId).toBeNull())
  it('is not cut off by somebody about as loud', () => expect(nextSpeaker(speaking('a'), [a(-35), b(-31)], both, 5_000)).toMatchObject({ seatId: 'a', heardAt: 5_000 }))
  it('is cut off by somebody much louder', () => expect(nextSpeaker(speaking('a'), [a(-40), b(-30)], both, 5_000)).toMatchObject({ seatId: 'b', since: 5_000 }))
  it('hands over when only the other is heard', () => expect(nextSpeaker(speaking('a', 0, 4_900), [b(-50)], both, 5_000).seatId).toBe('b'))
  it('keeps at least a short turn', () => expect(nextSpeaker(speaking('a', 4_000), [b(-30)], both, 5_000).seatId).toBe('a'))
  it('is somebody that the audience sees', () => expect(nextSpeaker(NOBODY, [a(-10), b(-50)], new Set(['b']), 100).seatId).toBe('b'))
  it('ends with being seen', () => expect(nextSpeaker(speaking('a'), [], new Set(['b']), 100).seatId).toBeNull())
})
