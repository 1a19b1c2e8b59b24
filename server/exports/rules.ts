import type { Outcome } from '../../shared/outcomes.ts'
import type { DeskQuestion } from '../../shared/questions.ts'
import type { SessionView } from '../../shared/sessions.ts'
import type { SpotRecord } from '../../shared/spot.ts'
import type { Column, Language, Words } from './words.ts'

/** What a table needs to know of the session besides its questions. */
export type TableOf = Pick<SessionView, 'wentLiveAt' | 'guests'> & { settings: Pick<SessionView['settings'], 'topics'> }
type Cell = string | number
export type Table = { columns: Column[]; rows: Cell[][] }

// The one format that spreadsheets in every language read as a time.
const LOCAL = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })

/** 2026-11-22 09:30:00 in the county's time; empty for null. */
export const localTime = (iso: string | null) => (iso === null ? '' : LOCAL.format(new Date(iso)))

/** Where in the recording that is, as 1:02:05; empty before the session was on air. */
export function videoTime(iso: string | null, wentLiveAt: string | null): string {
  const seconds = iso === null || wentLiveAt === null ? -1 : Math.floor((Date.parse(iso) - Date.parse(wentLiveAt)) / 1_000)
  if (seconds < 0) return ''
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3_600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
}

/** The language that a reader asked for by name, else by their browser's list, else Chinese. */
export function chosenLanguage(asked: Language | undefined, acceptLanguage: string | undefined): Language {
  if (asked) return asked
  for (const language of (acceptLanguage ?? '').toLowerCase().split(',')) {
    if (language.trim().startsWith('zh')) return 'zh-CN'
    if (language.trim().startsWith('en')) return 'en'
  }
  return 'zh-CN'
}

type Common = Omit<Outcome, 'text' | 'hidden' | 'reasonCode' | 'reason' | 'mergedInto' | 'spots'> & Pick<Outcome, 'reasonCode' | 'reason'>

function common(question: Common, session: TableOf, words: Words): Partial<Record<Column, Cell>> {
  const { answer, setAside, askedAt, answeredAt } = question
  const onCamera = askedAt !== null
  return {
    number: question.number,
    state: words.state[question.state],
    name: question.name ?? '',
    topic: session.settings.topics.find(({ id }) => id === question.topicId)?.name ?? '',
    guest: session.guests.find(({ id }) => id === question.guestId)?.name ?? '',
    votes: question.votes,
    setAside: setAside?.votes ?? '',
    setAsideNote: setAside?.note ?? '',
    merged: question.merged,
    follows: question.follows ?? '',
    objections: question.objections,
    code: question.reasonCode === null ? '' : words.code[question.reasonCode],
    reason: question.reason ?? '',
    answer: answer?.text ?? '',
    answeredBy: answer === null ? '' : answer.guestId === null ? words.office : answer.name,
    post: answer?.post ?? '',
    channel: words.channel[question.channel],
    forum: question.forum?.name ?? '',
    asked: words.asked[question.asked],
    edited: question.edited ? words.yes : '',
    submittedAt: localTime(question.submittedAt),
    publicAt: localTime(question.publicAt),
    askedAt: localTime(askedAt),
    answeredAt: localTime(answeredAt),
    videoStart: onCamera ? videoTime(askedAt, session.wentLiveAt) : '',
    videoEnd: onCamera ? videoTime(answeredAt, session.wentLiveAt) : '',
  }
}

/** A line for each record: kind, who, until when, and the words. */
function spotLines(spots: readonly SpotRecord[], words: Words): string {
  return spots
    .map(({ kind, who, department, dueOn, text, withdrawn }) => [words.spot[kind], who, department, dueOn, text, withdrawn && `${words.takenBack} ${withdrawn.reason}`].filter((part) => part).join(' '))
    .join('\n')
}

const table = (columns: Column[], rows: Partial<Record<Column, Cell>>[]): Table => ({ columns, rows: rows.map((row) => columns.map((column) => row[column] ?? '')) })

const TIMES: Column[] = ['submittedAt', 'publicAt', 'askedAt', 'answeredAt', 'videoStart', 'videoEnd']
const FATE: Column[] = ['votes', 'setAside', 'setAsideNote', 'merged', 'mergedInto', 'follows', 'objections', 'code', 'reason', 'answer', 'answeredBy', 'post', 'spots']

/** What everybody may download: a hidden text is replaced by the words why. */
export function outcomeTable(session: TableOf, outcomes: readonly Outcome[], words: Words): Table {
  const shown = ({ text, hidden }: Outcome) => text ?? (hidden === 'not_reviewed' || hidden === 'withdrawn' ? words.hidden[hidden] : words.hidden.declined)
  return table(
    ['number', 'state', 'text', 'name', 'topic', ...FATE, 'channel', 'forum', 'asked', 'edited', ...TIMES],
    outcomes.map((outcome) => ({ ...common(outcome, session, words), text: shown(outcome), mergedInto: outcome.mergedInto ?? '', spots: spotLines(outcome.spots, words) })),
  )
}

/** What the desk may download: everything, nothing hidden and nothing masked. `spots`: what was recorded on the spot, in order of number. */
export function questionTable(session: TableOf, questions: readonly DeskQuestion[], spots: readonly SpotRecord[], words: Words): Table {
  const recorded = Map.groupBy(spots, ({ questionId }) => questionId)
  return table(
    ['number', 'state', 'text', 'original', 'name', 'asker', 'topic', 'guest', ...FATE, 'channel', 'forum', 'asked', 'enteredBy', 'held', 'notes', 'edited', ...TIMES],
    questions.map((question) => ({
      ...common(question, session, words),
      text: question.text,
      original: question.originalText,
      asker: question.asker,
      mergedInto: question.mergedInto?.number ?? '',
      spots: spotLines(recorded.get(question.id) ?? [], words),
      enteredBy: question.enteredBy ?? '',
      held: question.held.map((reason) => words.held[reason]).join('、'),
      notes: question.notes.map(({ at, by, text }) => `${localTime(at)} ${by}: ${text}`).join('\n'),
    })),
  )
}
