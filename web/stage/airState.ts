import type { Phase } from '../../shared/sessions.ts'

/** Where a person with a seat stands, in one word; each has its words below `stage.air`. */
export type AirState =
  /** Backstage is not open yet. */
  | 'closed'
  /** Backstage before the start; nobody outside sees anything. */
  | 'backstage'
  /** The same, and the host has put this seat on: it will be seen from the first moment. */
  | 'ready'
  /** The session is on air, this seat is not. */
  | 'standby'
  | 'on_air'
  /** It should be seen, and this page's picture does not get out. */
  | 'cut'
  | 'paused'
  /** Everything was cut off at once. */
  | 'interrupted'
  | 'over'

/** `connected`: what this page sends gets to the server. `cut`: everything was cut off at once. */
export function airState(phase: Phase, onAir: readonly string[], seatId: string | null, connected: boolean, cut = false): AirState {
  const seated = seatId !== null && onAir.includes(seatId)
  switch (phase) {
    case 'announced':
      return 'closed'
    case 'backstage':
      return seated ? 'ready' : 'backstage'
    case 'live':
      if (!seated) return 'standby'
      return connected ? 'on_air' : 'cut'
    case 'paused':
      return cut ? 'interrupted' : 'paused'
    case 'ended':
    case 'archived':
    case 'cancelled':
      return 'over'
  }
}
