import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { Calendar } from './rules.ts'

/** `"2026-02-17": "Spring Festival,春节,4"`: both names, and for how many days. */
function named(days: Record<string, string>): Calendar['holidays'] {
  return new Map(
    Object.entries(days).map(([date, names]) => {
      const [en = '', chinese = ''] = names.split(',')
      return [date, { 'zh-CN': chinese, en }]
    }),
  )
}

/** Holidays and make-up days as the State Council has published them, as far as the library in use knows. */
export const CALENDAR: Calendar = {
  published: new Set(Object.keys(published.holidays).map((date) => Number(date.slice(0, 4)))),
  holidays: named(published.holidays),
  makeUpDays: named(published.workdays),
}
