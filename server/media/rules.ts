import type { MediaAudience, StageMedia, StagePeer } from '../../shared/media.ts'
import { takesMedia } from '../../shared/rules/sessionLifecycle.ts'
import type { Guest, Phase } from '../../shared/sessions.ts'
import type { ProducerFacts, Seat, StageFacts } from './types.ts'

/** All that decides what somebody sees. `seats`: who is present, in order of arrival. */
export type RoomFacts = StageFacts & { seats: readonly Seat[]; producers: readonly ProducerFacts[] }

/** Whether an audience sees the seats that are not on air, only those, or none. */
function reach(audience: MediaAudience, phase: Phase): 'all' | 'on_air' | 'none' {
  if (audience === 'backstage') return takesMedia(phase) ? 'all' : 'none'
  return phase === 'live' ? 'on_air' : 'none'
}

/** Seats that `audience` may see now: first those on air, in the host's order, then the others as they came. */
export function visibleSeats(facts: RoomFacts, audience: MediaAudience): Seat[] {
  const seen = reach(audience, facts.phase)
  if (seen === 'none') return []
  const present = new Map(facts.seats.map((seat) => [seat.seatId, seat]))
  const onAir = facts.onAir.flatMap((seatId) => present.get(seatId) ?? [])
  if (seen === 'on_air') return onAir
  return [...onAir, ...[...present.values()].filter((seat) => !facts.onAir.includes(seat.seatId))]
}

/** What `audience` may see, without what changes by itself (generation, version, speaker). */
export function visibleStage(facts: RoomFacts, audience: MediaAudience): Pick<StageMedia, 'peers'> {
  return {
    peers: visibleSeats(facts, audience).map((seat): StagePeer => ({
      ...currentSeat(seat, facts.guests),
      onAir: facts.onAir.includes(seat.seatId),
      muted: facts.muted.includes(seat.seatId),
      producers: facts.producers.filter((producer) => producer.seatId === seat.seatId).map(({ id, source, paused }) => ({ id, source, paused })),
    })),
  }
}

/** Whether `audience` may receive this producer. */
export function mayReceive(facts: RoomFacts, audience: MediaAudience, producer: ProducerFacts): boolean {
  return visibleSeats(facts, audience).some((seat) => seat.seatId === producer.seatId)
}

/** A guest's name plate follows the session, not the moment at which they connected. */
function currentSeat(seat: Seat, guests: readonly Guest[]): Seat {
  const guest = seat.role === 'guest' ? guests.find((candidate) => candidate.id === seat.seatId) : undefined
  if (!guest) return seat
  return { seatId: seat.seatId, role: 'guest', name: guest.name, post: guest.post, department: guest.department }
}

/** Whether the seat still belongs to the session: a guest may have been taken off the list. */
export function seatExists(seat: Seat, guests: readonly Guest[]): boolean {
  return seat.role === 'host' || guests.some((guest) => guest.id === seat.seatId)
}
