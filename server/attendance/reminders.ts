import type { AttendeeState } from '../../shared/attendance.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The county's clocks are ahead of UTC by so much, all year. */
const COUNTY = 8 * HOUR
/** The evening before: from and until which hour. */
const EVENING = { from: 18, until: 20 }
const BEFORE = 2 * HOUR

/** Since when everybody who has a place is to be reminded at `now` (milliseconds since 1970): in the evening of the day before, and once more two hours before the start. Null: not now. */
export function reminderSince(startsAt: string, now: number): number | null {
  const start = Date.parse(startsAt)
  if (now >= start - BEFORE) return now < start ? start - BEFORE : null
  const midnight = Math.floor((start + COUNTY) / DAY) * DAY - COUNTY
  const evening = midnight - DAY + EVENING.from * HOUR
  return now >= evening && now < evening + (EVENING.until - EVENING.from) * HOUR ? evening : null
}

type Reminded = { state: AttendeeState; remindedAt: string | null; checkedInAt: string | null }

/** Whether somebody is still to be reminded of what is due since `since`. Once they were, by whomever, or are there, they are not. */
export const isDue = ({ state, remindedAt, checkedInAt }: Reminded, since: number): boolean =>
  state === 'accepted' && checkedInAt === null && (remindedAt === null || Date.parse(remindedAt) < since)

/** What the office reminds somebody of by hand: to reply, or to come. Null: there is nothing to say. */
export function asked({ state, checkedInAt }: Pick<Reminded, 'state' | 'checkedInAt'>): 'ask' | 'reminder' | null {
  if (checkedInAt !== null) return null
  return state === 'invited' ? 'ask' : state === 'accepted' ? 'reminder' : null
}

/** A press that comes so soon after another, in milliseconds, sends nothing twice. */
const AGAIN = 10 * 60_000
export const justReminded = ({ remindedAt }: Pick<Reminded, 'remindedAt'>, now: number): boolean => remindedAt !== null && now - Date.parse(remindedAt) < AGAIN
