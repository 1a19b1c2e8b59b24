import { expect, it } from 'vitest'
import { channelFigures, percent, reasonFigures, videoSpan } from './figures.ts'

it('lists the reasons that were given, most frequent first, ties as the list of codes has them', () => {
  expect(reasonFigures({ declined: { spam: 1, no_time: 4, off_topic: 1 } })).toEqual([
    { key: 'no_time', count: 4 },
    { key: 'off_topic', count: 1 },
    { key: 'spam', count: 1 },
  ])
})

it('tells of channels only when there were several', () => {
  expect(channelFigures({ channels: { web: 9, phone: 0, paper: 0, hall: 0 } })).toEqual([])
  expect(channelFigures({ channels: { web: 9, phone: 0, paper: 0, hall: 2 } }).map(({ key }) => key)).toEqual(['web', 'hall'])
})

it('has no share of nothing', () => expect([percent(0, 0), percent(1, 3), percent(3, 3)]).toEqual([0, 33, 100]))

it('places an answer in the recording', () => {
  const live = '2026-11-22T01:30:00.000Z'
  expect(videoSpan({ askedAt: '2026-11-22T01:31:00.000Z', answeredAt: '2026-11-22T01:32:05.000Z' }, live)).toEqual({ from: 60_000, to: 125_000 })
  expect(videoSpan({ askedAt: '2026-11-22T01:31:00.000Z', answeredAt: null }, live)).toEqual({ from: 60_000, to: null })
  expect(videoSpan({ askedAt: null, answeredAt: live }, live)).toBeNull()
  expect(videoSpan({ askedAt: live, answeredAt: live }, null)).toBeNull()
})
