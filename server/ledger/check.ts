import type { CheckProblem, LedgerCheck, LedgerEntry } from '../../shared/ledger.ts'
import { textDigest } from '../questions/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import type { StoredSession } from '../sessions/rules.ts'
import { verifyLedger } from './rules.ts'

type Tables = {
  session: Pick<StoredSession, 'id' | 'phase' | 'questionCount' | 'ledgerIndex' | 'ledgerHead' | 'seal'>
  /** The whole chain in order, and every question whatever became of it. */
  entries: LedgerEntry[]
  questions: StoredQuestion[]
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

/**
 * Holds what the tables say against the ledger, and the ledger against its own chain, its head and its seal.
 * Whoever changes a table by hand, without a key to every place, leaves a contradiction that is found here.
 */
export function checkTables({ session, entries, questions }: Tables): LedgerCheck {
  const broken = (problem: CheckProblem, index: number | null, number: number | null = null): LedgerCheck => ({ ok: false, problem, index, number })
  const verdict = verifyLedger({ format: 'fangtan-ledger', version: 2, sessionId: session.id, head: session.ledgerHead, seal: session.seal, entries })
  if (!verdict.ok) return broken(verdict.problem, verdict.index === 0 ? null : verdict.index)
  if (entries.length !== session.ledgerIndex) return broken('head', null)

  const ofSession = last(entries, ({ subject }) => subject === 'session')
  if (ofSession && ofSession.to !== session.phase) return broken('phase', ofSession.index)

  const ofQuestion = Map.groupBy(
    entries.filter(({ subject, number }) => subject === 'question' && number !== null),
    ({ number }) => number ?? 0,
  )
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
  return { ok: true, entries: entries.length, head: session.ledgerHead, questions: questions.length }
}
