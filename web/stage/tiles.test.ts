import { describe, expect, it } from 'vitest'
import type { StageMedia, StageProducer } from '../../shared/media.ts'
import { initials, listeners, soundProducers, stageTiles } from './tiles.ts'

function stage(...producers: StageProducer[][]): StageMedia {
  const peers = producers.map((own, index) => ({ seatId: `s${index}`, role: 'guest' as const, name: '周明', post: '', department: '', onAir: true, producers: own }))
  return { generation: 'g', version: 1, speaker: null, peers }
}
const camera = (paused = false): StageProducer => ({ id: 'cam', source: 'camera', paused })
const microphone = (paused = false): StageProducer => ({ id: 'mic', source: 'microphone', paused })
const screen: StageProducer = { id: 'scr', source: 'screen', paused: false }

describe('stageTiles', () => {
  it('has none before the stage is known', () => expect(stageTiles(null)).toEqual([]))
  it('shows a person, then their screen, then the next person', () => {
    expect(stageTiles(stage([camera(), screen], [])).map((tile) => [tile.key, tile.producerId])).toEqual([
      ['s0/camera', 'cam'],
      ['s0/screen', 'scr'],
      ['s1/camera', null],
    ])
  })
  it('gives the room to those who take part', () => {
    const mixed = stage([camera()], [])
    const backstage = { ...mixed, peers: mixed.peers.map((peer) => ({ ...peer, onAir: false })) }
    expect(stageTiles(backstage).map((tile) => tile.seatId)).toEqual(['s0'])
    expect(listeners(backstage).map((peer) => peer.seatId)).toEqual(['s1'])
    const silent = { ...backstage, peers: backstage.peers.slice(1) }
    expect(stageTiles(silent).map((tile) => tile.seatId)).toEqual(['s1'])
    expect(listeners(silent)).toEqual([])
  })
  it('shows no picture of a camera that is off', () => expect(stageTiles(stage([camera(true)]))[0]?.producerId).toBeNull())
  it.each([
    ['speaking', [microphone()], true],
    ['muted', [microphone(true)], false],
    ['without one', [], false],
  ])('knows a microphone: %s', (_name, producers, on) => expect(stageTiles(stage(producers))[0]?.microphoneOn).toBe(on))
})

it('lists sound also while it is muted', () => expect(soundProducers(stage([camera(), microphone(true)], []))).toEqual(['mic']))

it.each([
  ['周明', '周'],
  ['欧阳 华', '欧'],
  ['Anna Maria Li', 'AL'],
  ['plato', 'P'],
  ['  ', ''],
])('initials of %j', (name, expected) => expect(initials(name)).toBe(expected))
