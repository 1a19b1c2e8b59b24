import type { Outcome, Outcomes, OutcomesQuery } from '../../shared/outcomes.ts'
import type { QuestionState } from '../../shared/questions.ts'
import { hidesText } from '../../shared/rules/declining.ts'
import type { DeclineCode } from '../../shared/rules/declining.ts'
import { lateUntil } from '../../shared/rules/sessionLifecycle.ts'
import type { SessionView } from '../../shared/sessions.ts'
import type { SpotRecord } from '../../shared/spot.ts'
import { publicQuestion } from '../questions/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'

type Standing = Pick<StoredQuestion, 'state' | 'reasonCode'>

/**
 * Why the public does not see a question's text; null: it does. Only review to come, the asker's own wish, the law and somebody's privacy hide one.
 * @param root the question that stands for it, when it was merged: what asks for the same is hidden with it
 */
export function hiddenBecause({ state, reasonCode }: Standing, root: Standing | undefined): Outcome['hidden'] {
  if (state === 'merged') return root ? hiddenBecause(root, undefined) : null
  if (state === 'pending') return 'not_reviewed'
  if (state === 'withdrawn') return 'withdrawn'
  if (state !== 'declined' || reasonCode === null || !hidesText(reasonCode)) return null
  return reasonCode
}

function outcomeOf(question: StoredQuestion, root: StoredQuestion | undefined, spots: SpotRecord[]): Outcome {
  const { number, text, name, state, votes, submittedAt, publicAt, askedAt, answeredAt, answer, topicId, guestId, channel, forum, asked, follows, merged, objections, setAside, edited } = publicQuestion(question)
  const hidden = hiddenBecause(question, root)
  const declined = state === 'declined'
  return {
    number,
    text: hidden === null ? text : null,
    name: hidden === null ? name : null,
    hidden,
    state,
    votes,
    submittedAt,
    publicAt,
    askedAt,
    answeredAt,
    answer,
    topicId,
    guestId,
    channel,
    forum,
    asked,
    follows,
    merged,
    objections,
    setAside,
    edited: hidden === null && edited,
    reasonCode: declined ? question.reasonCode : null,
    reason: declined ? question.reason : null,
    mergedInto: state === 'merged' ? question.mergedIntoNumber : null,
    spots,
  }
}

/** What everybody may know of each of a session's questions, whatever became of it. `questions`: all of them; `spots`: what was recorded, in order of number. */
export function outcomesOf(questions: readonly StoredQuestion[], spots: readonly SpotRecord[] = []): Outcome[] {
  const recorded = Map.groupBy(spots, ({ questionId }) => questionId)
  const byId = new Map(questions.map((question) => [question.id, question]))
  return questions.map((question) => outcomeOf(question, question.mergedIntoId === null ? undefined : byId.get(question.mergedIntoId), recorded.get(question.id) ?? []))
}

type Figures = Pick<Outcomes, 'total' | 'states' | 'declined' | 'answered' | 'channels'>

export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const states: Record<QuestionState, number> = { pending: 0, approved: 0, asking: 0, answered: 0, declined: 0, merged: 0, withdrawn: 0 }
  const declined: Partial<Record<DeclineCode, number>> = {}
  const channels: Figures['channels'] = { web: 0, phone: 0, paper: 0, hall: 0 }
  const answered = { camera: 0, writing: 0 }
  for (const outcome of outcomes) {
    states[outcome.state]++
    channels[outcome.channel]++
    if (outcome.reasonCode !== null) declined[outcome.reasonCode] = (declined[outcome.reasonCode] ?? 0) + 1
    if (outcome.state !== 'answered') continue
    if (outcome.askedAt !== null) answered.camera++
    if (outcome.answer !== null) answered.writing++
  }
  return { total: outcomes.length, states, declined, answered, channels }
}

/** How many records of each kind stand, and those about no question. */
export function spotFigures(spots: readonly SpotRecord[]): Outcomes['spots'] {
  const standing = (kind: SpotRecord['kind']) => spots.filter((spot) => spot.kind === kind && spot.withdrawn === null).length
  return { answers: standing('answer'), promises: standing('promise'), tasks: standing('task'), others: spots.filter(({ questionId }) => questionId === null) }
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** What is shown of a question, as it is searched: made once, since a crowd that searches goes through all of a session with each letter. */
const searched = new WeakMap<Outcome, string[]>()

function shownIn(outcome: Outcome): string[] {
  const known = searched.get(outcome)
  if (known) return known
  const { text, name, answer, reason, spots } = outcome
  const made = [text, name, answer?.text, reason, ...spots.flatMap(({ who, text: words }) => [who, words])].flatMap((shown) => (shown ? [plain(shown)] : []))
  searched.set(outcome, made)
  return made
}

/** Whether `wanted` stands in what is shown of the question, or is its number (`#12` that alone). Never in what is hidden: searching must not find out what reading may not. */
function contains(outcome: Outcome, wanted: string): boolean {
  if (wanted === `#${outcome.number}` || wanted === String(outcome.number)) return true
  if (/^#\d+$/.test(wanted)) return false
  return shownIn(outcome).some((shown) => shown.includes(wanted))
}

/** One page of those that the query asks for; `next` is the number to go on after. `outcomes` in order of number. */
export function pageOf(outcomes: readonly Outcome[], { after, state, search }: OutcomesQuery, size: number): Pick<Outcomes, 'questions' | 'next'> {
  const wanted = plain(search ?? '')
  const found = outcomes.filter((outcome) => outcome.number > after && (state === undefined || outcome.state === state) && (wanted === '' || contains(outcome, wanted)))
  const questions = found.slice(0, size)
  return { questions, next: found.length > size ? (questions.at(-1)?.number ?? null) : null }
}

/** When the selection rule is judged: now, or when votes stopped counting. `over`: what is open then is broken. Times in milliseconds since 1970. */
export function judgedAt(session: Pick<SessionView, 'phase' | 'endedAt' | 'settings'>, now: number): { at: number; over: boolean } {
  const until = session.phase === 'cancelled' ? null : lateUntil(session)
  const over = until !== null && (session.phase === 'archived' || now >= until)
  return { at: until === null ? now : Math.min(now, until), over }
}
