import type { types } from 'mediasoup'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { MediaAudience } from '../../shared/media.ts'
import type { Peer } from './peer.ts'
import { mayReceive, visibleSeats } from './rules.ts'
import type { RoomFacts } from './rules.ts'
import type { ProducerFacts, Seat, StageFacts } from './types.ts'

/** Who is in a room, and what follows from it for the others. */
export type RoomState = {
  peers: Map<string, Peer>
  setFacts: (facts: StageFacts) => void
  facts: () => RoomFacts
  /** Seat that a producer comes from, null when it is gone. */
  seatOf: (producerId: string) => string | null
  /** Ids of what a seat sends. */
  producersOf: (seatId: string | null) => ReadonlySet<string>
  /** Seats that the audience may see now. */
  visible: (audience: MediaAudience) => ReadonlySet<string>
  /** @throws RefusedError `not_found`, or `forbidden` when the peer may not receive the producer now */
  requireVisible: (peer: Peer, producerId: string) => void
  /** Consumers of what their peers may no longer see. */
  unseen: () => types.Consumer[]
}

export function createRoomState(initial: StageFacts): RoomState {
  const peers = new Map<string, Peer>()
  let stageFacts = initial

  function facts(): RoomFacts {
    const seats = new Map<string, Seat>()
    const producers: ProducerFacts[] = []
    for (const { seat, producers: own } of peers.values()) {
      if (!seat) continue
      if (!seats.has(seat.seatId)) seats.set(seat.seatId, seat)
      for (const [source, producer] of own) producers.push({ id: producer.id, seatId: seat.seatId, source, paused: producer.appData.toldPause })
    }
    return { ...stageFacts, seats: [...seats.values()], producers }
  }

  function allowed(audience: MediaAudience): ReadonlySet<string> {
    const now = facts()
    return new Set(now.producers.filter((producer) => mayReceive(now, audience, producer)).map(({ id }) => id))
  }

  return {
    peers,
    facts,
    setFacts(next) {
      stageFacts = next
    },
    seatOf: (producerId) => facts().producers.find(({ id }) => id === producerId)?.seatId ?? null,
    producersOf: (seatId) => new Set(facts().producers.filter((producer) => producer.seatId === seatId).map(({ id }) => id)),
    visible: (audience) => new Set(visibleSeats(facts(), audience).map(({ seatId }) => seatId)),
    requireVisible(peer, producerId) {
      const now = facts()
      const producer = now.producers.find(({ id }) => id === producerId)
      if (!producer) throw new RefusedError('not_found')
      if (!mayReceive(now, peer.audience, producer)) throw new RefusedError('forbidden')
    },
    unseen() {
      const seen: Record<MediaAudience, ReadonlySet<string>> = { viewer: allowed('viewer'), backstage: allowed('backstage'), floor: allowed('floor') }
      return [...peers.values()].flatMap((peer) => [...peer.consumers.values()].filter(({ producerId }) => !seen[peer.audience].has(producerId)))
    },
  }
}
