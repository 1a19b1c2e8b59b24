import { expect, it } from 'vitest'
import type { StagePeer } from '../../../shared/media.ts'
import { rosterOf } from './roster.ts'

const guest = (id: string) => ({ id, name: `嘉宾 ${id}`, post: '局长', department: '住建局', pictureId: null })
const peer = (seatId: string, over: Partial<StagePeer> = {}): StagePeer => ({ seatId, role: 'guest', name: seatId, post: '', department: '', onAir: false, producers: [], ...over })

it('lists guests here or not, hosts who are here, and seats on air whose person is away', () => {
  const producers = [
    { id: 'p1', source: 'microphone' as const, paused: true },
    { id: 'p2', source: 'camera' as const, paused: false },
  ]
  const seats = rosterOf([guest('a'), guest('b')], [peer('h', { role: 'host', name: '主持' }), peer('a', { producers })], ['a', 'gone'])
  expect(seats).toEqual([
    { seatId: 'a', role: 'guest', name: '嘉宾 a', post: '局长', present: true, onAir: true, microphone: 'off', camera: 'on' },
    { seatId: 'b', role: 'guest', name: '嘉宾 b', post: '局长', present: false, onAir: false, microphone: null, camera: null },
    { seatId: 'h', role: 'host', name: '主持', post: '', present: true, onAir: false, microphone: null, camera: null },
    { seatId: 'gone', role: 'host', name: null, post: '', present: false, onAir: true, microphone: null, camera: null },
  ])
})
