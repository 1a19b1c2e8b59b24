import type { OwnAttendance, PublicAttendance } from '../../../shared/attendance.ts'
import type { Phase } from '../../../shared/sessions.ts'

/** What the page says to this person. `open`: may apply · `none`: nobody may, and they are not on the list. */
export type Standing = OwnAttendance['state'] | 'open' | 'none'

export const isOver = (phase: Phase) => phase === 'ended' || phase === 'archived' || phase === 'cancelled'

/** @param now milliseconds since 1970, by the server's clock */
export function standingOf(own: OwnAttendance | null, { applyUntil }: Pick<PublicAttendance, 'applyUntil'>, phase: Phase, now: number): Standing {
  if (own) return own.state
  return applyUntil !== null && Date.parse(applyUntil) > now && !isOver(phase) ? 'open' : 'none'
}

/** What they may answer now: whoever was refused, or whose place was taken back, nothing; whoever is in the hall does not decline. */
export function repliesOf({ state, checkedInAt }: Pick<OwnAttendance, 'state' | 'checkedInAt'>, phase: Phase): { yes: boolean; no: boolean } {
  if (isOver(phase)) return { yes: false, no: false }
  return { yes: state === 'invited' || state === 'declined', no: checkedInAt === null && (state === 'invited' || state === 'accepted' || state === 'waiting' || state === 'applied') }
}
