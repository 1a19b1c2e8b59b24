import { describe, expect, it } from 'vitest'
import { phaseSchema } from '../../shared/sessions.ts'
import { mayReceive, seatExists, visibleSeats, visibleStage } from './rules.ts'
import type { RoomFacts } from './rules.ts'
import type { Seat } from './types.ts'

const seat = (seatId: string, role: Seat['role'] = 'guest'): Seat => ({ seatId, role, name: `name ${seatId}`, post: '', department: '' })
const guest = (id: string) => ({ id, name: `name ${id}`, post: '局长', department: '住建局', pictureId: null, departmentId: null, spokesperson: false })
const facts = (over: Partial<RoomFacts> = {}): RoomFacts => ({
  phase: 'live',
  onAir: ['b', 'a'],
  muted: [],
  speakers: [],
  guests: ['a', 'b', 'c'].map(guest),
  seats: [seat('c'), seat('a'), seat('b'), seat('h', 'host')],
  producers: [
    { id: 'a-camera', seatId: 'a', source: 'camera', paused: false },
    { id: 'c-camera', seatId: 'c', source: 'camera', paused: true },
  ],
  ...over,
})
const ids = (seats: { seatId: string }[]) => seats.map(({ seatId }) => seatId)

describe('what is visible', () => {
  it.each(phaseSchema.options)('in phase %s', (phase) => {
    const all = ['b', 'a', 'c', 'h']
    const media = phase === 'backstage' || phase === 'live' || phase === 'paused'
    expect(ids(visibleSeats(facts({ phase }), 'viewer'))).toEqual(phase === 'live' ? ['b', 'a'] : [])
    expect(ids(visibleSeats(facts({ phase }), 'backstage'))).toEqual(media ? all : [])
  })

  it('leaves out seats that are on air but not there', () => {
    expect(ids(visibleSeats(facts({ seats: [seat('a')] }), 'viewer'))).toEqual(['a'])
    expect(ids(visibleSeats(facts({ seats: [] }), 'backstage'))).toEqual([])
  })

  it('lists what each seat sends and whether it is on air', () => {
    const { peers } = visibleStage(facts(), 'backstage')
    expect(peers.map((peer) => [peer.seatId, peer.onAir, peer.producers.map(({ id, paused }) => [id, paused])])).toEqual([
      ['b', true, []],
      ['a', true, [['a-camera', false]]],
      ['c', false, [['c-camera', true]]],
      ['h', false, []],
    ])
  })

  it('shows a guest as the session names them now', () => {
    const renamed = facts({ guests: [{ ...guest('a'), name: '周明', department: '城管局' }], onAir: ['a'] })
    expect(visibleStage(renamed, 'viewer').peers[0]).toMatchObject({ name: '周明', post: '局长', department: '城管局' })
  })
})

it.each([
  ['viewer', 'a', 'live', true],
  ['viewer', 'c', 'live', false],
  ['viewer', 'a', 'paused', false],
  ['viewer', 'a', 'backstage', false],
  ['backstage', 'c', 'backstage', true],
  ['backstage', 'c', 'ended', false],
] as const)('%s and the camera of %s while %s: %s', (audience, seatId, phase, allowed) => {
  expect(mayReceive(facts({ phase }), audience, { id: 'x', seatId, source: 'camera', paused: false })).toBe(allowed)
})

it('keeps a host, but not a guest who was taken off the list', () => {
  const [nobody, a] = [{ guests: [], speakers: [] }, { guests: [guest('a')], speakers: [seat('r', 'resident')] }]
  expect(seatExists(seat('h', 'host'), nobody)).toBe(true)
  expect(seatExists(seat('a'), a)).toBe(true)
  expect(seatExists(seat('b'), a)).toBe(false)
  expect(seatExists(seat('r', 'resident'), a)).toBe(true)
  expect(seatExists(seat('r', 'resident'), nobody)).toBe(false)
  // Only by its own kind: ids are made by clients, and one may be made to look like another's.
  expect(seatExists(seat('a', 'resident'), a)).toBe(false)
  expect(seatExists(seat('r'), a)).toBe(false)
})
