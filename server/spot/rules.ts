import type { LedgerDetail } from '../../shared/ledger.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import type { SaveSpot } from '../../shared/spot.ts'
import type { Guest, Phase } from '../../shared/sessions.ts'
import { textDigest } from '../questions/rules.ts'
import type { StoredSpot } from './store.ts'

/** While it is on air, and afterwards, until the host closes the books: what was said at the end is written down when all have left. */
const RECORDED_IN: readonly Phase[] = ['live', 'paused', 'ended']
export const takesRecords = (phase: Phase): boolean => RECORDED_IN.includes(phase)

export type SpotContent = Pick<StoredSpot, 'kind' | 'questionId' | 'handId' | 'guestId' | 'who' | 'departmentId' | 'department' | 'text' | 'dueOn'>

/**
 * What of a request is kept. A guest stands there with their own name and the department that they speak for, unless another one was named.
 * @param guest the one that is named, if one is
 * @param department its name, when the request names one
 */
export function spotContent({ kind, questionId, handId, guestId, who, departmentId, text, dueOn }: SaveSpot, guest: Guest | null, department: string | null): SpotContent {
  return {
    kind,
    questionId,
    handId,
    guestId,
    who: guest?.name ?? maskNumbers(who),
    departmentId: departmentId ?? guest?.departmentId ?? null,
    department: department ?? guest?.department ?? '',
    text: maskNumbers(text),
    dueOn,
  }
}

/** Whether a retry says the same as what was kept. */
export function sameSpot(a: SpotContent, b: SpotContent): boolean {
  const said = ({ kind, questionId, handId, guestId, who, departmentId, department, text, dueOn }: SpotContent) => JSON.stringify([kind, questionId, handId, guestId, who, departmentId, department, text, dueOn])
  return said(a) === said(b)
}

/** How a record stands, as the ledger says it. */
export const spotState = ({ withdrawn }: Pick<StoredSpot, 'withdrawn'>): 'recorded' | 'withdrawn' => (withdrawn === null ? 'recorded' : 'withdrawn')

/** What the ledger keeps of the wording: who, for which department, and in which words. */
export const spotDigest = ({ salt, who, department, text }: Pick<StoredSpot, 'salt' | 'who' | 'department' | 'text'>): string => textDigest(salt, [who, department, text].join('\n'))

/** @param about number of the question, null for none */
export const spotDetail = ({ kind, dueOn }: Pick<StoredSpot, 'kind' | 'dueOn'>, about: number | null): LedgerDetail => ({ spot: kind, ...(dueOn === null ? {} : { due: dueOn }), ...(about === null ? {} : { about }) })
