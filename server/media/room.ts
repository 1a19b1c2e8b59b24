import { randomUUID } from 'node:crypto'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { MediaAudience, MediaConsumer, MediaSource, MediaTransport, StageMedia } from '../../shared/media.ts'
import type { DtlsParameters, IceParameters } from '../../shared/rtp.ts'
import { createAnnouncer } from './announcer.ts'
import { actOnConsumer, describeConsumer, favour, receive } from './consumers.ts'
import type { ConsumerAction, Reception } from './consumers.ts'
import { createPeer, transportOf } from './peer.ts'
import type { Direction, Peer } from './peer.ts'
import { actOnProducer, publish, settle } from './producers.ts'
import type { ProducerAction, Publication } from './producers.ts'
import { createRoomState } from './roomState.ts'
import { isSilenced, seatExists, visibleStage } from './rules.ts'
import { CODECS } from './settings.ts'
import { watchSpeaker } from './speakerWatch.ts'
import { openTransport } from './transports.ts'
import type { PeerInfo, RoomEvents, RoomJoined, Seat, StageFacts } from './types.ts'
import { mediasoupCall, toClientCapabilities } from './wire.ts'
import type { MediaWorker } from './workers.ts'

/**
 * The media of one session on one worker. Requests name the peer (one connection) they come from.
 * All reject with RefusedError: `media_unavailable` when the peer is not in the room (any more) - joining again helps -, `not_found` for an unknown part, `forbidden`, `invalid_input`.
 */
export type Room = {
  /** Whether this connection belongs here, also when its seat was opened elsewhere since: it has been told. */
  knows: (peerId: string) => boolean
  peerIds: () => string[]
  counts: () => { peers: number; producers: number; consumers: number }
  setFacts: (facts: StageFacts) => void
  /** A connection that was here already starts anew. `forbidden` for a resident who has not the floor by the room's facts: see {@link Room.setFacts}. */
  join: (info: PeerInfo) => RoomJoined
  leave: (peerId: string) => void
  openTransport: (peerId: string, direction: Direction) => Promise<MediaTransport>
  connect: (peerId: string, transportId: string, dtlsParameters: DtlsParameters) => Promise<null>
  restartIce: (peerId: string, transportId: string) => Promise<{ iceParameters: IceParameters }>
  publish: (peerId: string, publication: Publication) => Promise<{ producerId: string }>
  actOnProducer: (peerId: string, producerId: string, action: ProducerAction) => Promise<null>
  receive: (peerId: string, reception: Reception) => Promise<MediaConsumer>
  actOnConsumer: (peerId: string, consumerId: string, act: ConsumerAction) => Promise<null>
  /** The stage as `audience` sees it now. */
  stage: (audience: MediaAudience) => StageMedia
  /** Ends the room: what was not told yet is told, everything is closed. A second call does nothing. */
  close: () => void
}

/** @throws RefusedError `media_unavailable` when the worker dies meanwhile */
export async function createRoom({ worker, webRtcServer }: MediaWorker, initial: StageFacts, events: RoomEvents): Promise<Room> {
  const state = createRoomState(initial)
  const { peers, facts } = state
  const replaced = new Set<string>()
  let closed = false

  const router = await mediasoupCall(() => worker.createRouter({ mediaCodecs: CODECS }))

  const speakers = await mediasoupCall(() => watchSpeaker(router, state.seatOf, state.visible, speakerChanged)).catch((error: unknown) => {
    router.close()
    throw error
  })
  const announcer = createAnnouncer(randomUUID(), (audience) => visibleStage(facts(), audience).peers, speakers.current, events.stage)

  function speakerChanged(audience: MediaAudience, before: string | null, now: string | null): void {
    if (closed) return
    events.speaker(audience, now)
    const [quiet, speaking] = [state.producersOf(before), state.producersOf(now)]
    for (const peer of peers.values()) {
      if (peer.audience !== audience) continue
      favour(peer.consumers.values(), quiet, false)
      favour(peer.consumers.values(), speaking, true)
    }
  }

  function changed(): void {
    if (closed) return
    for (const consumer of state.unseen()) consumer.close()
    announcer.changed()
  }

  function peerOf(peerId: string): Peer {
    const peer = peers.get(peerId)
    if (!peer || closed) throw new RefusedError('media_unavailable')
    return peer
  }

  function remove(peer: Peer): void {
    if (peers.get(peer.id) === peer) peers.delete(peer.id)
    peer.close()
    if (peer.seat) changed()
  }

  /** The newest connection of a seat that sends takes it over. Watching backstage (a host's desk beside the camera page) takes nothing. */
  function takeSeat(taker: Peer, seat: Seat): void {
    for (const peer of [...peers.values()]) {
      if (peer === taker || peer.seat?.seatId !== seat.seatId || !peer.transports.has('send')) continue
      replaced.add(peer.id)
      remove(peer)
      events.replaced(peer.id)
    }
  }

  async function openFor(peer: Peer, direction: Direction): Promise<MediaTransport> {
    if (direction === 'send') {
      if (!peer.seat) throw new RefusedError('forbidden')
      takeSeat(peer, peer.seat)
    }
    return openTransport(router, webRtcServer, peer, direction)
  }

  const silences = (peer: Peer, source: MediaSource) => peer.seat !== null && isSilenced(facts().muted, peer.seat.seatId, source)

  /** Ahead of what the peer itself still waits for: whoever is muted cannot put it off by asking for much. */
  function applyMuting(peer: Peer): void {
    // One that closes meanwhile is heard by nobody anyway.
    for (const [source, producer] of peer.producers) settle(producer, silences(peer, source)).catch(() => undefined)
  }

  async function publishFrom(peer: Peer, publication: Publication): Promise<{ producerId: string }> {
    const silenced = () => silences(peer, publication.source)
    const producer = await publish(peer, publication, silenced())
    producer.observer.once('close', changed)
    // Muted, or given back its sound, while the producer was being made.
    await settle(producer, silenced())
    if (publication.source === 'microphone') await mediasoupCall(() => speakers.listen(producer))
    changed()
    return { producerId: producer.id }
  }

  async function receiveFor(peer: Peer, reception: Reception): Promise<MediaConsumer> {
    state.requireVisible(peer, reception.producerId)
    const consumer = await receive(router, peer, reception)
    try {
      state.requireVisible(peer, reception.producerId)
    } catch (error) {
      consumer.close()
      throw error
    }
    if (state.seatOf(consumer.producerId) === speakers.current(peer.audience)) favour([consumer], new Set([consumer.producerId]), true)
    return describeConsumer(consumer)
  }

  function end(): void {
    closed = true
    for (const peer of peers.values()) peer.close()
    peers.clear()
    router.close()
  }

  router.on('workerclose', () => {
    if (closed) return
    end()
    events.lost()
  })

  return {
    knows: (peerId) => peers.has(peerId) || replaced.has(peerId),
    peerIds: () => [...peers.keys(), ...replaced],
    counts: () => ({
      peers: peers.size,
      producers: [...peers.values()].reduce((sum, peer) => sum + peer.producers.size, 0),
      consumers: [...peers.values()].reduce((sum, peer) => sum + peer.consumers.size, 0),
    }),
    setFacts(next) {
      if (closed) return
      state.setFacts(next)
      for (const peer of [...peers.values()]) {
        if (!peer.seat) continue
        if (seatExists(peer.seat, next)) {
          applyMuting(peer)
          continue
        }
        remove(peer)
        events.expelled(peer.id)
      }
      changed()
    },
    join(info) {
      if (closed) throw new RefusedError('media_unavailable')
      // Read by the caller before the floor was taken away, perhaps: the room's own facts decide.
      if (info.seat?.role === 'resident' && !seatExists(info.seat, facts())) throw new RefusedError('forbidden')
      const before = peers.get(info.id)
      if (before) remove(before)
      replaced.delete(info.id)
      peers.set(info.id, createPeer(info))
      if (info.seat) changed()
      return { seatId: info.seat?.seatId ?? null, stage: announcer.stage(info.audience), routerRtpCapabilities: toClientCapabilities(router.rtpCapabilities) }
    },
    leave(peerId) {
      replaced.delete(peerId)
      const peer = peers.get(peerId)
      if (peer) remove(peer)
    },
    async openTransport(peerId, direction) {
      const peer = peerOf(peerId)
      return peer.serial(() => openFor(peer, direction))
    },
    async connect(peerId, transportId, dtlsParameters) {
      const peer = peerOf(peerId)
      return peer.serial(async () => {
        const transport = transportOf(peer, transportId)
        await mediasoupCall(() => transport.connect({ dtlsParameters }))
        return null
      })
    },
    async restartIce(peerId, transportId) {
      const peer = peerOf(peerId)
      return peer.serial(async () => {
        const transport = transportOf(peer, transportId)
        return { iceParameters: await mediasoupCall(() => transport.restartIce()) }
      })
    },
    async publish(peerId, publication) {
      const peer = peerOf(peerId)
      return peer.serial(() => publishFrom(peer, publication))
    },
    async actOnProducer(peerId, producerId, action) {
      const peer = peerOf(peerId)
      return peer.serial(async () => {
        await actOnProducer(peer, producerId, action, (source) => silences(peer, source))
        changed()
        return null
      })
    },
    async receive(peerId, reception) {
      const peer = peerOf(peerId)
      return peer.serial(() => receiveFor(peer, reception))
    },
    async actOnConsumer(peerId, consumerId, act) {
      const peer = peerOf(peerId)
      return peer.serial(async () => {
        await actOnConsumer(peer, consumerId, act)
        return null
      })
    },
    stage: announcer.stage,
    close() {
      if (closed) return
      announcer.close()
      end()
    },
  }
}
