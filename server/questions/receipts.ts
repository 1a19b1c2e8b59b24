import { randomBytes } from 'node:crypto'
import type { SessionEvent } from '../../shared/protocol/events.ts'
import type { OwnQuestion } from '../../shared/questions.ts'
import type { Vault } from '../accounts/vault.ts'
import { ownQuestion, receiptFrom } from './rules.ts'
import type { StoredQuestion } from './rules.ts'

/** What a receipt's code looks like. Rows of earlier releases hold it readable until they are converted (server/upkeep). */
const CODE = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/
/** Where a device is led to; at rest with the sealed code. */
const PATH = '/q/'

type SealedReceipt = Pick<StoredQuestion, 'receipt' | 'receiptSealed'> & { receiptSealed: string }

/**
 * Receipts are kept as a digest, by which a code is found, and sealed, for those to whom it is due. Everything at rest carries it sealed; here is where it is opened, on its way out.
 */
export type Receipts = {
  /** A new code, as it is kept. */
  issue: () => SealedReceipt
  /** A code as it is kept. */
  keep: (code: string) => SealedReceipt
  /** What a code is found by. */
  digest: (code: string) => string
  /** The code; empty when it was sealed with another secret. */
  open: (sealed: string) => string
  /** What the asker sees of their question. */
  own: (question: StoredQuestion) => OwnQuestion
  /** A logged event as it goes out. */
  reveal: (event: SessionEvent) => SessionEvent
  /** A notice's path as it goes out, and as it is kept. */
  revealPath: (path: string) => string
  sealPath: (path: string) => string
}

/** The path that a notice carries at rest: to a receipt, or to the session where there is none. */
export const noticePath = (sessionId: string, sealed: string | null): string => (sealed === null ? `/s/${sessionId}` : `${PATH}${sealed}`)

export function createReceipts(vault: Vault): Receipts {
  const digest = (code: string) => vault.digest('receipt', code)
  const open = (sealed: string) => (CODE.test(sealed) ? sealed : (vault.open('receipt', sealed) ?? ''))
  const keep = (code: string): SealedReceipt => ({ receipt: digest(code), receiptSealed: vault.seal('receipt', code) })
  return {
    issue: () => keep(receiptFrom(randomBytes(12))),
    keep,
    digest,
    open,
    own(question) {
      const own = ownQuestion(question)
      return { ...own, receipt: open(own.receipt) }
    },
    reveal: (event) => (event.type === 'own_question' ? { ...event, question: { ...event.question, receipt: open(event.question.receipt) } } : event),
    sealPath: (path) => (path.startsWith(PATH) && CODE.test(path.slice(PATH.length)) ? `${PATH}${keep(path.slice(PATH.length)).receiptSealed}` : path),
    revealPath: (path) => (path.startsWith(PATH) ? `${PATH}${open(path.slice(PATH.length))}` : path),
  }
}
