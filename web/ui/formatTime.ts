/** Times are kept in UTC and shown in the county's time zone, wherever the reader is. */
export const TIME_ZONE = 'Asia/Shanghai'
/** Asia/Shanghai has had no summer time since 1991, so one offset reads every time that can be entered. */
const OFFSET = '+08:00'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making an Intl.DateTimeFormat costs more than using it a hundred times. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: TIME_ZONE, ...options })
  formats.set(key, known)
  return known
}

const yearOf = (instant: Date) => format('en', { year: 'numeric' }).format(instant)

/** 11月22日周日, with the year when it is not the present one. */
export function formatDate(iso: string, locale: string, now = new Date()): string {
  const instant = new Date(iso)
  const year = yearOf(instant) === yearOf(now) ? undefined : ('numeric' as const)
  return format(locale, { year, month: 'short', day: 'numeric', weekday: 'short' }).format(instant)
}

/** 09:30 */
export function formatTime(iso: string, locale: string): string {
  return format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso))
}

/** 11月22日周日 09:30 */
export function formatDateTime(iso: string, locale: string, now = new Date()): string {
  return `${formatDate(iso, locale, now)} ${formatTime(iso, locale)}`
}

export type Countdown = { days: number; hours: number; minutes: number; seconds: number }

/** What is left of `ms` milliseconds in days, hours, minutes and started seconds; zero when nothing is. */
export function countdown(ms: number): Countdown {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  return { days: Math.floor(seconds / 86_400), hours: Math.floor(seconds / 3_600) % 24, minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 }
}

/** A length of time as 04:05, or 1:04:05 from an hour on. Negative counts as zero. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const pad = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** The value for `<input type="datetime-local">`: the time in the county, as 2026-11-22T09:30. */
export function toLocalInput(iso: string): string {
  return format('sv', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(new Date(iso)).replace(' ', 'T')
}

/** The instant (UTC, ISO 8601) of such a value, or null when it is none. */
export function fromLocalInput(value: string): string | null {
  const ms = Date.parse(`${value}:00${OFFSET}`)
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
