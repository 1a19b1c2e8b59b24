import { describe, expect, it } from 'vitest'
import type { StageMedia } from '../../../shared/media.ts'
import { spatialLayer } from './layers.ts'
import { consumerSteps, wishesFor } from './wishes.ts'
import type { Held, Wanting, Wish } from './wishes.ts'

const peer = { role: 'guest' as const, name: '周明', post: '局长', department: '住建局', onAir: true }
const stage: StageMedia = {
  generation: 'g1',
  version: 1,
  speaker: null,
  peers: [
    { ...peer, seatId: 'a', producers: [{ id: 'a-cam', source: 'camera', paused: false }, { id: 'a-mic', source: 'microphone', paused: false }] },
    { ...peer, seatId: 'b', producers: [{ id: 'b-scr', source: 'screen', paused: false }, { id: 'b-sca', source: 'screen_audio', paused: false }] },
  ],
}
const wanting: Wanting = { ownSeat: null, ownPreview: false, audioOnly: false, hidden: false, shown: new Map([['a-cam', { width: 640, height: 360 }]]), density: 1 }
const ids = (wishes: Wish[]) => wishes.map((wish) => wish.producerId)

describe('wishesFor', () => {
  it('wants everything, pictures paused until they are on screen', () => {
    const wishes = wishesFor(stage, wanting)
    expect(ids(wishes)).toEqual(['a-cam', 'a-mic', 'b-scr', 'b-sca'])
    expect(wishes.map((wish) => wish.paused)).toEqual([false, false, true, false])
    expect(wishes[0]?.layer).toBe(1)
  })
  it('leaves out this person themselves, who sees their own camera', () => {
    expect(ids(wishesFor(stage, { ...wanting, ownSeat: 'a', ownPreview: true }))).toEqual(['b-scr', 'b-sca'])
  })
  it('leaves out only their voice on a page that does not show the camera', () => {
    expect(ids(wishesFor(stage, { ...wanting, ownSeat: 'a' }))).toEqual(['a-cam', 'b-scr', 'b-sca'])
  })
  it('takes only sound when asked to', () => expect(ids(wishesFor(stage, { ...wanting, audioOnly: true }))).toEqual(['a-mic', 'b-sca']))
  it('pauses pictures, never sound, on a hidden page', () => {
    expect(wishesFor(stage, { ...wanting, hidden: true }).filter((wish) => !wish.paused).map((wish) => wish.source)).toEqual(['microphone', 'screen_audio'])
  })
})

describe('consumerSteps', () => {
  const wish = (producerId: string, paused: boolean, layer: Wish['layer']): Wish => ({ producerId, seatId: 'a', source: layer === null ? 'microphone' : 'camera', paused, layer })
  const nothing = { close: [], open: [], layers: [], resume: [], pause: [] }
  const held = (entries: [string, Held][]) => new Map(entries)

  it('does nothing when both agree', () => {
    expect(consumerSteps(held([['v', { paused: false, layer: 2 }]]), [wish('v', false, 2)])).toEqual(nothing)
  })
  it('opens what is missing and closes what is no longer wished', () => {
    const opened = wish('new', false, 1)
    expect(consumerSteps(held([['old', { paused: false, layer: 2 }]]), [opened])).toEqual({ ...nothing, close: ['old'], open: [opened] })
  })
  it('sets the layer before it resumes', () => {
    const wanted = wish('v', false, 0)
    expect(consumerSteps(held([['v', { paused: true, layer: null }]]), [wanted])).toEqual({ ...nothing, layers: [wanted], resume: ['v'] })
  })
  it('pauses without touching the layer', () => {
    expect(consumerSteps(held([['v', { paused: false, layer: 2 }]]), [wish('v', true, 0)])).toEqual({ ...nothing, pause: ['v'] })
  })
  it('knows no layers for sound', () => {
    expect(consumerSteps(held([['m', { paused: true, layer: null }]]), [wish('m', false, null)])).toEqual({ ...nothing, resume: ['m'] })
  })
})

describe('spatialLayer', () => {
  it.each([
    ['a thumbnail', { width: 160, height: 90 }, 1, 'camera', 0],
    ['half a phone', { width: 192, height: 219 }, 3, 'camera', 1],
    ['a whole phone', { width: 390, height: 219 }, 3, 'camera', 1],
    ['a quarter of a desktop', { width: 640, height: 360 }, 1, 'camera', 1],
    ['a whole desktop', { width: 1280, height: 720 }, 1, 'camera', 2],
    ['a screen in the strip', { width: 200, height: 112 }, 1, 'screen', 0],
    ['a screen on a phone', { width: 390, height: 219 }, 2, 'screen', 1],
  ] as const)('%s', (_name, size, density, source, layer) => expect(spatialLayer(size, density, source)).toBe(layer))
})
