/** Who speaks, as one audience is told. `heardAt`, `since`: milliseconds. */
export type SpeakerState = { seatId: string | null; heardAt: number; since: number }

/** Average level over the last interval, in dBvo (-127 to 0). */
export type Loudness = { seatId: string; volume: number }

export const NOBODY: SpeakerState = { seatId: null, heardAt: 0, since: 0 }

/** A pause for breath is not the end of a speech. */
const HOLD = 2_500
/** The picture does not jump more often than this. */
const SHORTEST_TURN = 1_200
/** So much louder, in dB, must somebody be to cut in on one who is still speaking. */
const CUT_IN = 6

/** The speaker after one measurement. `loud`: microphones with speech in them; `visible`: seats that the audience may see. */
export function nextSpeaker(state: SpeakerState, loud: readonly Loudness[], visible: ReadonlySet<string>, now: number): SpeakerState {
  const current = state.seatId !== null && visible.has(state.seatId) ? state : NOBODY
  const heard = loud.filter((entry) => visible.has(entry.seatId)).toSorted((a, b) => b.volume - a.volume)
  const loudest = heard[0]
  if (!loudest) return current.seatId !== null && now - current.heardAt < HOLD ? current : NOBODY
  if (current.seatId === null) return { seatId: loudest.seatId, heardAt: now, since: now }
  const own = heard.find((entry) => entry.seatId === current.seatId)
  if (own && loudest.volume - own.volume < CUT_IN) return { ...current, heardAt: now }
  if (now - current.since < SHORTEST_TURN) return own ? { ...current, heardAt: now } : current
  return { seatId: loudest.seatId, heardAt: now, since: now }
}
