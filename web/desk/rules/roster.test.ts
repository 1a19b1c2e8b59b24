import { expect, it } from 'vitest'
import type { StagePeer } from '../../../shared/media.ts'
import { rosterOf } from './roster.ts'

const guest = (id: string) => ({ id, name: `嘉宾 ${id}`, post: '局长', department: '住建局', pictureId: null, departmentId: null, spokesperson: false })
const peer = (seatId: string, over: Partial<StagePeer> = {}): StagePeer => ({ seatId, role: 'guest', name: seatId, post: '', department: '', onAir: false, muted: false, producers: [], ...over })

it('lists guests here or not, hosts who are here, and seats on air whose person is away', () => {
  const producers = [
    { id: 'p1', source: 'microphone' as const, paused: true },
    { id: 'p2', source: 'camera' as const, paused: false },
  ]
  const seats = rosterOf([guest('a'), guest('b')], [peer('h', { role: 'host', name: '主持' }), peer('a', { producers })], { onAir: ['a', 'gone'], muted: ['a'] })
  expect(seats).toEqual([
    { seatId: 'a', role: 'guest', name: '嘉宾 a', post: '局长', present: true, onAir: true, microphone: 'off', camera: 'on', muted: true },
    { seatId: 'b', role: 'guest', name: '嘉宾 b', post: '局长', present: false, onAir: false, microphone: null, camera: null, muted: false },
    { seatId: 'h', role: 'host', name: '主持', post: '', present: true, onAir: false, microphone: null, camera: null, muted: false },
    { seatId: 'gone', role: 'host', name: null, post: '', present: false, onAir: true, microphone: null, camera: null, muted: false },
  ])
})

it('puts residents who have the floor first, and their seat goes with it', () => {
  const [resident, ...others] = rosterOf([guest('a')], [peer('hand', { role: 'resident', name: '' })], { onAir: [], muted: [] }, [{ id: 'hand', givenName: '王阿姨' }])
  expect(resident).toMatchObject({ seatId: 'hand', role: 'resident', name: '王阿姨', present: true, onAir: true })
  expect(others.map(({ seatId }) => seatId)).toEqual(['a'])
})
