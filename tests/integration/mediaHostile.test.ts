import fc from 'fast-check'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { rtpCapabilitiesSchema, rtpParametersSchema } from '../../shared/rtp.ts'
import { createMedia } from '../../server/media/media.ts'
import type { StageFacts } from '../../server/media/types.ts'
import { cameraParameters, guest, mediaConfig } from './mediaSupport.ts'

const ZHOU = guest('7f0c1c1e-5d8c-4f0e-9a53-0d6a53f7e001', '周明')
const LIVE: StageFacts = { phase: 'live', onAir: [ZHOU.id], muted: [], guests: [ZHOU], speakers: [] }

const payloadType = fc.constantFrom(0, 96, 97, 98, 127)
const uri = fc.constantFrom(
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:mediasoup:params:rtp-hdrext:packet-id',
  'urn:unknown',
)
const mimeType = fc.constantFrom('video/VP8', 'video/H264', 'video/rtx', 'video/ulpfec', 'video/AV1', 'video/unknown')
const parameters = fc.dictionary(
  fc.constantFrom('apt', 'packetization-mode', 'profile-level-id', 'level-asymmetry-allowed', 'x'),
  fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constantFrom(96, 97, 0, 1), fc.constantFrom('42e01f', '', 'zz')),
)
const rtcpFeedback = fc.array(fc.record({ type: fc.constantFrom('nack', 'ccm', 'transport-cc', ''), parameter: fc.constantFrom('pli', 'fir', '') }, { requiredKeys: ['type'] }), { maxLength: 4 })
const codec = fc.record(
  { mimeType, payloadType, clockRate: fc.constantFrom(90_000, 1, 2 ** 31, Number.MAX_SAFE_INTEGER), channels: fc.constantFrom(1, 255, 70_000), parameters, rtcpFeedback },
  { requiredKeys: ['mimeType', 'payloadType', 'clockRate'] },
)
const encoding = fc.record(
  {
    ssrc: fc.constantFrom(0, 1, 2, 0xffffffff),
    rid: fc.constantFrom('', 'r0', 'r1', '~~~~'),
    codecPayloadType: payloadType,
    rtx: fc.record({ ssrc: fc.constantFrom(0, 1, 2) }),
    dtx: fc.boolean(),
    scalabilityMode: fc.constantFrom('L1T3', 'S3T3', 'L99T99_KEY', '', 'x'),
    maxBitrate: fc.constantFrom(1, 0.5, 1e300),
  },
  { requiredKeys: [] },
)
const encodings = fc.array(encoding, { minLength: 1, maxLength: 8 })
const anything = fc.record(
  {
    mid: fc.constantFrom('', '0', '😀'),
    codecs: fc.array(codec, { minLength: 1, maxLength: 3 }),
    headerExtensions: fc.array(fc.record({ uri, id: fc.constantFrom(1, 14, 15, 255) }), { maxLength: 4 }),
    encodings,
    rtcp: fc.record({ cname: fc.constantFrom('', 'x'), reducedSize: fc.boolean() }, { requiredKeys: [] }),
  },
  { requiredKeys: ['codecs'] },
)
const almostRight = encodings.map((changed) => ({ ...cameraParameters(), encodings: changed }))
const capabilities = fc.record(
  {
    codecs: fc.array(fc.record({ kind: fc.constantFrom('audio', 'video'), mimeType, preferredPayloadType: payloadType, clockRate: fc.constantFrom(90_000, 1), parameters, rtcpFeedback }), { maxLength: 4 }),
    headerExtensions: fc.array(fc.record({ kind: fc.constantFrom('audio', 'video'), uri, preferredId: fc.constantFrom(1, 2, 255) }), { maxLength: 4 }),
  },
  { requiredKeys: [] },
)

it('no parameters that pass the schema cost the worker or more than a refusal', { timeout: 60_000 }, async () => {
  const media = createMedia(mediaConfig(), pino({ level: 'silent' }))
  await media.started
  let lost = 0
  const room = await media.openRoom(LIVE, { stage: () => undefined, speaker: () => undefined, replaced: () => undefined, expelled: () => undefined, lost: () => lost++ })
  const outcomes = new Set<string>()
  const { routerRtpCapabilities } = room.join({ id: 'resident', audience: 'viewer', seat: null })
  const { id: receiving } = await room.openTransport('resident', 'receive')

  async function attempt<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      const done = await act()
      outcomes.add('done')
      return done
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      outcomes.add(error.refusal.code)
      return null
    }
  }

  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, almostRight), fc.option(capabilities), async (sent, received) => {
      const rtpParameters = rtpParametersSchema.safeParse(sent)
      const rtpCapabilities = rtpCapabilitiesSchema.safeParse(received ?? routerRtpCapabilities)
      fc.pre(rtpParameters.success && rtpCapabilities.success)
      room.join({ id: 'guest', audience: 'backstage', seat: { seatId: ZHOU.id, role: 'guest', name: '', post: '', department: '' } })
      // Works after whatever was sent before: the worker and its line are whole.
      const { id: sending } = await room.openTransport('guest', 'send')
      const published = await attempt(() => room.publish('guest', { transportId: sending, source: 'camera', rtpParameters: rtpParameters.data, paused: false }))
      if (published) await attempt(() => room.receive('resident', { transportId: receiving, producerId: published.producerId, rtpCapabilities: rtpCapabilities.data }))
      expect(lost).toBe(0)
    }),
    { numRuns: 1_000 },
  )
  expect([...outcomes].toSorted()).toEqual(expect.arrayContaining(['done', 'invalid_input']))
  media.close()
})
