import type { MediaSource, StagePeer } from '../../../shared/media.ts'
import type { Guest } from '../../../shared/sessions.ts'
import type { StageView } from '../../../shared/stage.ts'

export type Seat = {
  seatId: string
  role: 'guest' | 'host' | 'resident'
  /** null: a host who is not here, so that nobody knows the name. */
  name: string | null
  post: string
  present: boolean
  onAir: boolean
  /** null: not connected, which for somebody present means that nothing was switched on yet. */
  microphone: 'on' | 'off' | null
  camera: 'on' | 'off' | null
  /** By the host: the server lets nobody hear it. */
  muted: boolean
}

function device(peer: StagePeer | undefined, source: MediaSource): 'on' | 'off' | null {
  const producer = peer?.producers.find((candidate) => candidate.source === source)
  if (!producer) return null
  return producer.paused ? 'off' : 'on'
}

/**
 * Everybody who has a seat: residents who have the floor, here or not, the session's guests, here or not, then the hosts who are here, then seats on air whose person is away.
 * @param stage seats brought on stage, which outlast a lost connection, and those whose sound was taken away
 * @param residents who speaks on camera, with the name as the desk knows it
 */
export function rosterOf(guests: readonly Guest[], peers: readonly StagePeer[], stage: StageView, residents: readonly { id: string; givenName: string | null }[] = []): Seat[] {
  const byId = new Map(peers.map((peer) => [peer.seatId, peer]))
  const live = new Set([...stage.onAir, ...residents.map(({ id }) => id)])
  const muted = new Set(stage.muted)
  const seat = (seatId: string, role: Seat['role'], name: string | null, post: string): Seat => {
    const peer = byId.get(seatId)
    return { seatId, role, name, post, present: peer !== undefined, onAir: live.has(seatId), microphone: device(peer, 'microphone'), camera: device(peer, 'camera'), muted: muted.has(seatId) }
  }
  const seats = [...residents.map(({ id, givenName }) => seat(id, 'resident', givenName, '')), ...guests.map((guest) => seat(guest.id, 'guest', guest.name, guest.post))]
  const known = new Set(seats.map(({ seatId }) => seatId))
  for (const peer of peers) if (!known.has(peer.seatId)) seats.push(seat(peer.seatId, peer.role, peer.name, peer.post))
  const listed = new Set(seats.map(({ seatId }) => seatId))
  for (const seatId of stage.onAir) if (!listed.has(seatId)) seats.push(seat(seatId, 'host', null, ''))
  return seats
}
