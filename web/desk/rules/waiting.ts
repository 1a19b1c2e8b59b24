const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export type Waiting = { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number }

/** How long something has waited at `now` (ms), in the coarsest unit that still says it. A clock ahead of the server's counts as now. */
export function waitingSince(since: string, now: number): Waiting {
  const passed = now - Date.parse(since)
  if (passed >= DAY) return { unit: 'days', count: Math.floor(passed / DAY) }
  if (passed >= HOUR) return { unit: 'hours', count: Math.floor(passed / HOUR) }
  if (passed >= MINUTE) return { unit: 'minutes', count: Math.floor(passed / MINUTE) }
  return { unit: 'now', count: 0 }
}
