import { describe, expect, it } from 'vitest'
import { ATTEMPTS_BEFORE_UNAVAILABLE, nextStatus } from './status.ts'
import type { StageSignal, StageStatus } from './status.ts'

const ALL: StageStatus[] = ['idle', 'connecting', 'playing', 'waiting', 'recovering', 'unavailable', 'replaced']
const lost: StageSignal = { type: 'lost', attempts: 1 }
const lostOften: StageSignal = { type: 'lost', attempts: ATTEMPTS_BEFORE_UNAVAILABLE }
const playing: StageSignal = { type: 'settled', receiving: true, connected: true }
const joining: StageSignal = { type: 'settled', receiving: true, connected: false }
const empty: StageSignal = { type: 'settled', receiving: false, connected: true }

/** For each signal: what becomes of idle, connecting, playing, waiting, recovering, unavailable, replaced. */
const TABLE: [string, StageSignal, StageStatus[]][] = [
  ['start', { type: 'start' }, ['connecting', 'connecting', 'playing', 'waiting', 'recovering', 'connecting', 'connecting']],
  ['stop', { type: 'stop' }, ['idle', 'idle', 'idle', 'idle', 'idle', 'idle', 'idle']],
  ['replaced', { type: 'replaced' }, ['idle', 'replaced', 'replaced', 'replaced', 'replaced', 'replaced', 'replaced']],
  ['refused', { type: 'refused' }, ['idle', 'unavailable', 'unavailable', 'unavailable', 'unavailable', 'unavailable', 'replaced']],
  ['lost once', lost, ['idle', 'connecting', 'recovering', 'recovering', 'recovering', 'unavailable', 'replaced']],
  ['lost often', lostOften, ['idle', 'unavailable', 'unavailable', 'unavailable', 'unavailable', 'unavailable', 'replaced']],
  ['settled, receiving', playing, ['idle', 'playing', 'playing', 'playing', 'playing', 'playing', 'replaced']],
  ['settled, not yet connected', joining, ['idle', 'connecting', 'playing', 'connecting', 'recovering', 'unavailable', 'replaced']],
  ['settled, nobody there', empty, ['idle', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting', 'replaced']],
]

describe('nextStatus', () => {
  it.each(TABLE)('%s', (_name, signal, expected) => {
    expect(ALL.map((status) => nextStatus(status, signal))).toEqual(expected)
  })
})
