import { RefusedError } from '../../shared/protocol/errors.ts'
import type { MediaSource } from '../../shared/media.ts'
import type { RtpParameters } from '../../shared/rtp.ts'
import type { types } from 'mediasoup'
import { producerOf, transportOf } from './peer.ts'
import type { Peer } from './peer.ts'
import { MEDIA_TIMES } from './settings.ts'
import { mediasoupCall, toRouterParameters } from './wire.ts'

const KINDS: Record<MediaSource, types.MediaKind> = { camera: 'video', screen: 'video', microphone: 'audio', screen_audio: 'audio' }

export type Publication = { transportId: string; source: MediaSource; rtpParameters: RtpParameters; paused: boolean }

/**
 * Takes a picture or sound from `peer`, in place of what it sent from the same source before.
 * @throws RefusedError `forbidden` without a seat or over the receiving transport, `not_found`, `invalid_input`, `media_unavailable`
 */
export async function publish(peer: Peer, publication: Publication): Promise<types.Producer> {
  const { source, paused } = publication
  const transport = transportOf(peer, publication.transportId)
  if (peer.seat === null || peer.transports.get('send') !== transport) throw new RefusedError('forbidden')
  const kind = KINDS[source]
  if (!publication.rtpParameters.codecs.every((codec) => codec.mimeType.toLowerCase().startsWith(`${kind}/`))) {
    throw new RefusedError('invalid_input', { issues: [{ path: 'rtpParameters.codecs', code: 'kind' }] })
  }
  // Closed first: a browser that gave up a track may reuse its MID and SSRC for the next.
  peer.producers.get(source)?.close()
  const producer = await mediasoupCall(() =>
    transport.produce({
      kind,
      rtpParameters: toRouterParameters(publication.rtpParameters),
      paused,
      ...(kind === 'video' ? { keyFrameRequestDelay: MEDIA_TIMES.keyFrameRequestDelay } : {}),
    }),
  )
  if (peer.closed || producer.closed) {
    producer.close()
    throw new RefusedError('media_unavailable')
  }
  peer.producers.set(source, producer)
  producer.observer.once('close', () => {
    if (peer.producers.get(source) === producer) peer.producers.delete(source)
  })
  return producer
}

export type ProducerAction = 'pause' | 'resume' | 'close'

/** @throws RefusedError `not_found`, `media_unavailable` */
export async function actOnProducer(peer: Peer, producerId: string, action: ProducerAction): Promise<void> {
  const producer = producerOf(peer, producerId)
  switch (action) {
    case 'pause':
      return mediasoupCall(() => producer.pause())
    case 'resume':
      return mediasoupCall(() => producer.resume())
    case 'close':
      return producer.close()
  }
}
