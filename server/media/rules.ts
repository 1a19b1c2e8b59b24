import type { MediaAudience, MediaSource, StageMedia, StagePeer } from '../../shared/media.ts'
import { takesMedia } from '../../shared/rules/sessionLifecycle.ts'
import type { Phase } from '../../shared/sessions.ts'
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
      ...currentSeat(seat, facts),
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

/** The name plate of a guest, or of who has the floor, follows the session, not the moment at which they connected. */
function currentSeat(seat: Seat, { guests, speakers }: Pick<StageFacts, 'guests' | 'speakers'>): Seat {
  if (seat.role === 'resident') return speakers.find(({ seatId }) => seatId === seat.seatId) ?? seat
  const guest = seat.role === 'guest' ? guests.find((candidate) => candidate.id === seat.seatId) : undefined
  if (!guest) return seat
  return { seatId: seat.seatId, role: 'guest', name: guest.name, post: guest.post, department: guest.department }
}

/** Whether the seat still belongs to the session: a guest may have been taken off the list, a resident may have lost the floor. */
export function seatExists({ seatId, role }: Seat, { guests, speakers }: Pick<StageFacts, 'guests' | 'speakers'>): boolean {
  switch (role) {
    case 'host':
      return true
    case 'guest':
      return guests.some((guest) => guest.id === seatId)
    case 'resident':
      return speakers.some((speaker) => speaker.seatId === seatId)
  }
}

/** Whether nobody hears what comes from this source of the seat. */
export function isSilenced(muted: readonly string[], seatId: string, source: MediaSource): boolean {
  return (source === 'microphone' || source === 'screen_audio') && muted.includes(seatId)
}

/** What each audience may send at all: somebody who has the floor shows a face and is heard, and shares nothing else. */
export function maySend(audience: MediaAudience, source: MediaSource): boolean {
  switch (audience) {
    case 'backstage':
      return true
    case 'floor':
      return source === 'camera' || source === 'microphone'
    case 'viewer':
      return false
  }
}
