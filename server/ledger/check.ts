import type { StoredHand } from '../floor/rules.ts'
import type { CheckProblem, LedgerCheck, LedgerEntry } from '../../shared/ledger.ts'
import { textDigest } from '../questions/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import type { StoredSession } from '../sessions/rules.ts'
import { spotDetail, spotDigest, spotState } from '../spot/rules.ts'
import type { StoredSpot } from '../spot/store.ts'
import { verifyLedger } from './rules.ts'

type Tables = {
  session: Pick<StoredSession, 'id' | 'phase' | 'questionCount' | 'spotCount' | 'handCount' | 'ledgerIndex' | 'ledgerHead' | 'seal'>
  /** The whole chain in order, and every question whatever became of it. */
  entries: LedgerEntry[]
  questions: StoredQuestion[]
  /** Every record made on the spot, taken back or not. */
  spots: StoredSpot[]
  /** Every hand that was raised, whatever became of it. */
  hands: StoredHand[]
}

/** What the last entry for which `is` holds says, if there is one. */
const last = (entries: readonly LedgerEntry[], is: (entry: LedgerEntry) => boolean) => entries.findLast(is)

/** What of a question's row its own entries contradict. */
function contradiction(question: StoredQuestion, entries: readonly LedgerEntry[]): CheckProblem | null {
  if (entries.at(-1)?.to !== question.state) return 'state'
  const digest = last(entries, (entry) => entry.textDigest !== null)?.textDigest
  const kept = question.state === 'withdrawn' ? question.text === '' : textDigest(question.salt, question.text) === digest
  if (!kept) return 'text'
  const declined = question.state === 'declined' ? last(entries, ({ action }) => action === 'decline') : undefined
  // Entries from before there were codes have none.
  if (declined && ((declined.reason ?? '') !== (question.reason ?? '') || (declined.detail?.code ?? question.reasonCode) !== question.reasonCode)) return 'reason'
  const merged = question.state === 'merged' ? last(entries, ({ action }) => action === 'merge') : undefined
  if (merged && merged.detail?.into !== question.mergedIntoNumber) return 'merge'
  const replied = last(entries, ({ action }) => action === 'reply' || action === 'take_back')?.detail?.answer
  return replied === (question.answer === null ? undefined : textDigest(question.salt, question.answer.text)) ? null : 'answer'
}

const byNumber = (entries: readonly LedgerEntry[], of: LedgerEntry['subject']) => Map.groupBy(
  entries.filter(({ subject, number }) => subject === of && number !== null),
  ({ number }) => number ?? 0,
)

/** Number of the first record made on the spot that its entries contradict, or that is only in the one or the other; null: there is none. */
function forgedSpot({ session, entries, questions, spots }: Tables): number | null {
  const entriesOf = byNumber(entries, 'spot')
  const rows = new Map(spots.map((spot) => [spot.number, spot]))
  const numberOf = new Map(questions.map(({ id, number }) => [id, number]))
  for (let number = 1; number <= Math.max(session.spotCount, ...entriesOf.keys(), ...rows.keys()); number++) {
    const spot = rows.get(number)
    const own = entriesOf.get(number)
    const entry = own?.at(-1)
    if (!spot || !entry || own?.[0]?.from !== null || own[0].at !== spot.at || number > session.spotCount) return number
    const { spot: kind, due, about } = spotDetail(spot, spot.questionId === null ? null : (numberOf.get(spot.questionId) ?? null))
    const { detail } = entry
    const same = entry.to === spotState(spot) && entry.textDigest === spotDigest(spot) && entry.reason === (spot.withdrawn?.reason ?? null)
    if (!same || detail?.spot !== kind || detail?.due !== due || detail?.about !== about) return number
  }
  return null
}

/** Whether a hand stands as its entries left it, and had its turn when and for the reason that they say. */
function sameHand(hand: StoredHand, entries: readonly LedgerEntry[]): boolean {
  const entry = entries.at(-1)
  if (entry?.to !== hand.state || entry.detail?.place !== hand.place || entries[0]?.from !== null || entries[0].at !== hand.raisedAt) return false
  const waited = hand.state === 'waiting' || hand.state === 'lowered'
  if (hand.calledAt === null) return waited
  const called = last(entries, ({ action, from }) => from === 'waiting' && (action === 'invite' || action === 'start'))
  if (called?.at !== hand.calledAt || called.reason !== hand.outOfTurn) return false
  const at = (action: string) => last(entries, (own) => own.action === action)?.at ?? null
  return hand.startedAt === at('start') && hand.endedAt === at('finish')
}

/** Number of the first raised hand that its entries contradict, or that is only in the one or the other; null: there is none. */
function forgedHand({ session, entries, hands }: Tables): number | null {
  const entriesOf = byNumber(entries, 'hand')
  const rows = new Map(hands.map((hand) => [hand.number, hand]))
  for (let number = 1; number <= Math.max(session.handCount, ...entriesOf.keys(), ...rows.keys()); number++) {
    const hand = rows.get(number)
    if (!hand || number > session.handCount || !sameHand(hand, entriesOf.get(number) ?? [])) return number
  }
  return null
}

/**
 * Holds what the tables say against the ledger, and the ledger against its own chain, its head and its seal.
 * Whoever changes a table by hand, without a key to every place, leaves a contradiction that is found here.
 */
export function checkTables({ session, entries, questions, spots, hands }: Tables): LedgerCheck {
  const broken = (problem: CheckProblem, index: number | null, number: number | null = null): LedgerCheck => ({ ok: false, problem, index, number })
  const verdict = verifyLedger({ format: 'fangtan-ledger', version: 2, sessionId: session.id, head: session.ledgerHead, seal: session.seal, entries })
  if (!verdict.ok) return broken(verdict.problem, verdict.index === 0 ? null : verdict.index)
  if (entries.length !== session.ledgerIndex) return broken('head', null)

  const ofSession = last(entries, ({ subject }) => subject === 'session')
  if (ofSession && ofSession.to !== session.phase) return broken('phase', ofSession.index)

  const ofQuestion = byNumber(entries, 'question')
  const rows = new Map(questions.map((question) => [question.number, question]))
  const numbers = Math.max(session.questionCount, ...ofQuestion.keys(), ...rows.keys())
  for (let number = 1; number <= numbers; number++) {
    const row = rows.get(number)
    const own = ofQuestion.get(number)
    if (!row || !own || own[0]?.from !== null) return broken('missing', own?.at(-1)?.index ?? null, number)
    const problem = contradiction(row, own)
    if (problem) return broken(problem, own.at(-1)?.index ?? null, number)
  }
  if (numbers !== session.questionCount) return broken('missing', null, numbers)

  const forged = forgedSpot({ session, entries, questions, spots, hands })
  if (forged !== null) return broken('spot', last(entries, ({ subject, number }) => subject === 'spot' && number === forged)?.index ?? null, forged)
  const raised = forgedHand({ session, entries, questions, spots, hands })
  if (raised !== null) return broken('hand', last(entries, ({ subject, number }) => subject === 'hand' && number === raised)?.index ?? null, raised)
  return { ok: true, entries: entries.length, head: session.ledgerHead, questions: questions.length }
}
