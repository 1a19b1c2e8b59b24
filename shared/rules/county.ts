/** Asia/Shanghai has had no summer time since 1991: one offset tells every date, also where a browser knows no time zones. */
const OFFSET_MS = 8 * 3_600_000

/** The date (YYYY-MM-DD) that the county's clocks show at an instant: milliseconds since 1970, or ISO 8601. */
export const countyDate = (at: number | string): string => new Date((typeof at === 'string' ? Date.parse(at) : at) + OFFSET_MS).toISOString().slice(0, 10)

/** The same day of the next month, or its last day where it has no such day. Dates are YYYY-MM-DD. */
export function monthAfter(date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(day, lastDay))).toISOString().slice(0, 10)
}
