import type { types } from 'mediasoup'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { MediaConsumer } from '../../shared/media.ts'
import type { RtpCapabilities } from '../../shared/rtp.ts'
import { consumerOf, transportOf } from './peer.ts'
import type { Peer } from './peer.ts'
import { NORMAL_PRIORITY, PEER_LIMITS, SPEAKER_PRIORITY } from './settings.ts'
import { mediasoupCall, toClientParameters, toRouterCapabilities } from './wire.ts'

export type Reception = { transportId: string; producerId: string; rtpCapabilities: RtpCapabilities }

/**
 * Sends one producer to `peer`, paused until the client says that it is ready. Whether the peer may see it is the caller's to decide, before and again after.
 * @throws RefusedError `forbidden` over the sending transport, `rate_limited` with too many consumers, `invalid_input` when the client cannot decode it, `not_found`, `media_unavailable`
 */
export async function receive(router: types.Router, peer: Peer, reception: Reception): Promise<types.Consumer> {
  const { producerId } = reception
  const transport = transportOf(peer, reception.transportId)
  if (peer.transports.get('receive') !== transport) throw new RefusedError('forbidden')
  // A client that asks twice lost the first answer.
  peer.consumers.get(producerId)?.close()
  if (peer.consumers.size >= PEER_LIMITS.consumers) throw new RefusedError('rate_limited')
  const rtpCapabilities = toRouterCapabilities(reception.rtpCapabilities)
  const consumer = await mediasoupCall(async () => {
    if (!router.canConsume({ producerId, rtpCapabilities })) throw new RefusedError('invalid_input', { issues: [{ path: 'rtpCapabilities', code: 'codec' }] })
    return transport.consume({ producerId, rtpCapabilities, paused: true })
  })
  if (peer.closed || consumer.closed) {
    consumer.close()
    throw new RefusedError('media_unavailable')
  }
  peer.consumers.set(producerId, consumer)
  consumer.observer.once('close', () => {
    if (peer.consumers.get(producerId) === consumer) peer.consumers.delete(producerId)
  })
  return consumer
}

export function describeConsumer(consumer: types.Consumer): MediaConsumer {
  return {
    id: consumer.id,
    producerId: consumer.producerId,
    kind: consumer.kind,
    rtpParameters: toClientParameters(consumer.rtpParameters),
    producerPaused: consumer.producerPaused,
  }
}

export type ConsumerAction = { action: 'resume' | 'pause' | 'close' } | { action: 'layers'; spatialLayer: number }

/** @throws RefusedError `not_found`, `media_unavailable` */
export async function actOnConsumer(peer: Peer, consumerId: string, act: ConsumerAction): Promise<void> {
  const consumer = consumerOf(peer, consumerId)
  switch (act.action) {
    case 'resume':
      return mediasoupCall(() => consumer.resume())
    case 'pause':
      return mediasoupCall(() => consumer.pause())
    case 'close':
      return consumer.close()
    case 'layers':
      return mediasoupCall(() => consumer.setPreferredLayers({ spatialLayer: act.spatialLayer }))
  }
}

/** Lets the pictures of `producerIds` keep their bandwidth before others, or no longer. A consumer that closes meanwhile needs nothing. */
export function favour(consumers: Iterable<types.Consumer>, producerIds: ReadonlySet<string>, speaking: boolean): void {
  for (const consumer of consumers) {
    if (consumer.kind !== 'video' || !producerIds.has(consumer.producerId)) continue
    consumer.setPriority(speaking ? SPEAKER_PRIORITY : NORMAL_PRIORITY).catch(() => undefined)
  }
}
