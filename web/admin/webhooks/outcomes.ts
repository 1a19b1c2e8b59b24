import type { Delivery } from '../../../shared/webhooks.ts'

const WORDS = ['timeout', 'address', 'dns', 'refused', 'tls', 'network', 'removed', 'inactive'] as const

/** The name of the text for an attempt's outcome below `admin.webhooks.outcome`, and the status that it names, if it was one. */
export function outcomeKey(outcome: string | null): { key: (typeof WORDS)[number] | 'none' | 'status' | 'other'; status: string } {
  if (outcome === null) return { key: 'none', status: '' }
  if (/^\d{3}$/.test(outcome)) return { key: 'status', status: outcome }
  return { key: WORDS.find((word) => word === outcome) ?? 'other', status: '' }
}

/** Whether it may be sent anew by hand: what is just on its way is not. */
export const canRepeat = ({ state, attempts }: Pick<Delivery, 'state' | 'attempts'>) => state !== 'waiting' || attempts > 0
