import { retentionSchema } from '../../../shared/site.ts'
import type { SiteSettings } from '../../../shared/site.ts'

type Periods = SiteSettings['retention']

export const PERIODS = ['logDays', 'peopleDays', 'chatDays', 'verifiedDays', 'auditDays'] as const satisfies readonly (keyof Periods)[]

/** Periods that `after` makes shorter: what is older goes with the next run, for good. None where `after` cannot be saved anyway. */
export function shortened(before: Periods, after: unknown): (typeof PERIODS)[number][] {
  const { success, data } = retentionSchema.safeParse(after)
  return success ? PERIODS.filter((period) => data[period] < before[period]) : []
}
