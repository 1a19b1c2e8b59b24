import { RefusedError } from '../../shared/protocol/errors.ts'
import type { MediaSource } from '../../shared/media.ts'
import type { RtpParameters } from '../../shared/rtp.ts'
import type { types } from 'mediasoup'
import { producerOf, transportOf } from './peer.ts'
import type { Peer, Sending, Wishes } from './peer.ts'
import { maySend } from './rules.ts'
import { MEDIA_TIMES } from './settings.ts'
import { mediasoupCall, toRouterParameters } from './wire.ts'

const KINDS: Record<MediaSource, types.MediaKind> = { camera: 'video', screen: 'video', microphone: 'audio', screen_audio: 'audio' }

export type Publication = { transportId: string; source: MediaSource; rtpParameters: RtpParameters; paused: boolean }

/**
 * Takes a picture or sound from `peer`, in place of what it sent from the same source before.
 * @param silenced nobody may hear it, whatever the client wants
 * @throws RefusedError `forbidden` without a seat, over the receiving transport or for what this audience may not send, `not_found`, `invalid_input`, `media_unavailable`
 */
export async function publish(peer: Peer, publication: Publication, silenced: boolean): Promise<Sending> {
  const { source, paused: wantsPause } = publication
  const paused = wantsPause || silenced
  const transport = transportOf(peer, publication.transportId)
  if (peer.seat === null || !maySend(peer.audience, source) || peer.transports.get('send') !== transport) throw new RefusedError('forbidden')
  const kind = KINDS[source]
  if (!publication.rtpParameters.codecs.every((codec) => codec.mimeType.toLowerCase().startsWith(`${kind}/`))) {
    throw new RefusedError('invalid_input', { issues: [{ path: 'rtpParameters.codecs', code: 'kind' }] })
  }
  // Closed first: a browser that gave up a track may reuse its MID and SSRC for the next.
  peer.producers.get(source)?.close()
  const producer = await mediasoupCall(() =>
    transport.produce<Wishes>({
      kind,
      rtpParameters: toRouterParameters(publication.rtpParameters),
      paused,
      appData: { wantsPause, toldPause: paused },
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

/**
 * Brings a producer to what its client wants and the desk allows. The worker takes orders in the order in which they are given, so the last one counts, answered or not.
 * @throws RefusedError `media_unavailable`
 */
export async function settle(producer: Sending, silenced: boolean): Promise<void> {
  const { appData } = producer
  const paused = appData.wantsPause || silenced
  if (paused === appData.toldPause) return
  appData.toldPause = paused
  await mediasoupCall(() => (paused ? producer.pause() : producer.resume()))
}

/**
 * @param silencedNow whether nobody may hear this source: such a one is not resumed by its client, who is told so rather than believing to be heard
 * @throws RefusedError `not_found`, `media_unavailable`, `forbidden`
 */
export async function actOnProducer(peer: Peer, producerId: string, action: ProducerAction, silencedNow: (source: MediaSource) => boolean): Promise<void> {
  const producer = producerOf(peer, producerId)
  if (action === 'close') return producer.close()
  const source = [...peer.producers].find(([, sent]) => sent === producer)?.[0]
  const silenced = source !== undefined && silencedNow(source)
  if (action === 'resume' && silenced) throw new RefusedError('forbidden')
  producer.appData.wantsPause = action === 'pause'
  await settle(producer, silenced)
}
