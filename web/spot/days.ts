const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, withYear: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${withYear}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', month: 'long', day: 'numeric', year: withYear ? 'numeric' : undefined })
  formats.set(key, known)
  return known
}

/** A date (YYYY-MM-DD) as 12月1日, with the year when it is not that of `today`; null writes it always: for paper. */
export function formatDue(date: string, locale: string, today: string | null): string {
  return format(locale, date.slice(0, 4) !== today?.slice(0, 4)).format(new Date(date))
}
