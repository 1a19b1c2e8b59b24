import { describe, expect, it } from 'vitest'
import { qualityOf, sampleOf } from './quality.ts'

describe('qualityOf', () => {
  it.each([
    ['clean', { loss: 0, roundTrip: 0.03, limited: false }, 'good'],
    ['not measured', { loss: 0, roundTrip: null, limited: false }, 'good'],
    ['thin uplink', { loss: 0, roundTrip: 0.05, limited: true }, 'fair'],
    ['some loss', { loss: 0.05, roundTrip: 0.05, limited: false }, 'fair'],
    ['far away', { loss: 0, roundTrip: 0.4, limited: false }, 'fair'],
    ['much loss', { loss: 0.2, roundTrip: 0.05, limited: false }, 'poor'],
    ['very late', { loss: 0, roundTrip: 0.9, limited: false }, 'poor'],
  ] as const)('%s', (_name, sample, quality) => expect(qualityOf(sample)).toBe(quality))
})

it('takes the worst of the streams', () => {
  const report = new Map<string, Record<string, unknown>>([
    ['a', { type: 'remote-inbound-rtp', fractionLost: 0.01 }],
    ['b', { type: 'remote-inbound-rtp', fractionLost: 0.04 }],
    ['c', { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.12 }],
    ['d', { type: 'candidate-pair', nominated: false, currentRoundTripTime: 3 }],
    ['e', { type: 'outbound-rtp', qualityLimitationReason: 'none' }],
  ])
  expect(sampleOf(report)).toEqual({ loss: 0.04, roundTrip: 0.12, limited: false })
})
