import type { Intake } from '../../../shared/sessions.ts'

/** How questions are taken in, as one choice: freely, one each so many seconds, not at all. */
export type Pace = 'open' | 'paused' | `slow-${number}`

export const PACES: readonly Pace[] = ['open', 'slow-30', 'slow-60', 'slow-300', 'paused']

export function paceOf({ paused, slowSeconds }: Pick<Intake, 'paused' | 'slowSeconds'>): Pace {
  if (paused) return 'paused'
  return slowSeconds > 0 ? `slow-${slowSeconds}` : 'open'
}

/** Seconds between two questions of one person; 0 where there is no such wait. */
export const secondsOf = (pace: Pace): number => (pace.startsWith('slow-') ? Number(pace.slice(5)) : 0)

export const intakeOf = (pace: Pace): Pick<Intake, 'paused' | 'slowSeconds'> => ({ paused: pace === 'paused', slowSeconds: secondsOf(pace) })
