/** A date of the calendar (YYYY-MM-DD), which lies in no time zone: 2026年11月22日周日 */
export function formatDay(date: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' }).format(new Date(`${date}T00:00:00Z`))
}
