import type { types } from 'mediasoup'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { MediaSource } from '../../shared/media.ts'
import { PEER_LIMITS } from './settings.ts'
import type { PeerInfo } from './types.ts'

export type Direction = 'send' | 'receive'

/** What a client wants of one that it sends, and what the worker was told last: `paused` of the producer itself says so only after the answer. */
export type Wishes = { wantsPause: boolean; toldPause: boolean }
export type Sending = types.Producer<Wishes>

/** One connection and what the router holds for it. At most one transport each way, one producer per source, one consumer per producer. */
export type Peer = PeerInfo & {
  readonly closed: boolean
  transports: Map<Direction, types.WebRtcTransport>
  producers: Map<MediaSource, Sending>
  /** By the producer they receive. */
  consumers: Map<string, types.Consumer>
  /**
   * Runs the peer's requests one after the other, so that no limit is passed between a check and the await that follows it.
   * @throws RefusedError `media_unavailable` when the peer left meanwhile, `rate_limited` when too many wait
   */
  serial: <T>(act: () => Promise<T>) => Promise<T>
  /** Closes everything the peer holds; a second call does nothing. */
  close: () => void
}

export function createPeer(info: PeerInfo): Peer {
  const transports = new Map<Direction, types.WebRtcTransport>()
  let closed = false
  let pending = 0
  let last: Promise<unknown> = Promise.resolve()

  return {
    ...info,
    get closed() {
      return closed
    },
    transports,
    producers: new Map(),
    consumers: new Map(),
    serial(act) {
      if (pending >= PEER_LIMITS.pending) return Promise.reject(new RefusedError('rate_limited', { retryAfterMs: 1_000 }))
      pending++
      const done = last.then(() => {
        if (closed) throw new RefusedError('media_unavailable')
        return act()
      })
      last = done.catch(() => undefined).finally(() => pending--)
      return done
    },
    close() {
      if (closed) return
      closed = true
      // Transports take their producers and consumers with them.
      for (const transport of transports.values()) transport.close()
      transports.clear()
    },
  }
}

/** @throws RefusedError `not_found` */
export function transportOf(peer: Peer, transportId: string): types.WebRtcTransport {
  const transport = [...peer.transports.values()].find((candidate) => candidate.id === transportId)
  if (!transport) throw new RefusedError('not_found')
  return transport
}

/** @throws RefusedError `not_found` */
export function producerOf(peer: Peer, producerId: string): Sending {
  const producer = [...peer.producers.values()].find((candidate) => candidate.id === producerId)
  if (!producer) throw new RefusedError('not_found')
  return producer
}

/** @throws RefusedError `not_found` */
export function consumerOf(peer: Peer, consumerId: string): types.Consumer {
  const consumer = [...peer.consumers.values()].find((candidate) => candidate.id === consumerId)
  if (!consumer) throw new RefusedError('not_found')
  return consumer
}
