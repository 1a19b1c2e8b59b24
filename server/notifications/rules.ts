import type { QuestionState } from '../../shared/questions.ts'
import type { SpotRecord } from '../../shared/spot.ts'
import type { PushEvent, PushTexts } from '../deliveries/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import type { QuestionHappening } from '../webhooks/rules.ts'

/** What its askers and voters want to hear of, or null. `before`: the question's state until then. */
export function noticeOf(happening: QuestionHappening, before: QuestionState | null, after: QuestionState): Exclude<PushEvent, 'recorded'> | null {
  switch (happening) {
    case 'air':
      return 'aired'
    case 'merge':
      return 'merged'
    case 'decline':
      return 'declined'
    case 'answer':
      return 'answered'
    case 'reply':
      // Not for each correction of what was written.
      return after === 'answered' && before !== 'answered' ? 'answered' : null
    case 'submit':
    case 'approve':
    case 'edit':
    case 'revise':
    case 'time':
    case 'split':
    case 'label':
    case 'assign':
    case 'take_back':
    case 'withdraw':
    case 'object':
      return null
  }
}

const BODY: Record<Exclude<PushEvent, 'recorded'>, { 'zh-CN': (q: StoredQuestion) => string; en: (q: StoredQuestion) => string }> = {
  aired: { 'zh-CN': (q) => `第 ${q.number} 号提问正在回答：${excerpt(q.text)}`, en: (q) => `Question ${q.number} is being answered now: ${excerpt(q.text)}` },
  answered: { 'zh-CN': (q) => `第 ${q.number} 号提问已经答复：${excerpt(q.text)}`, en: (q) => `Question ${q.number} has been answered: ${excerpt(q.text)}` },
  merged: { 'zh-CN': (q) => `第 ${q.number} 号提问并入了第 ${q.mergedIntoNumber ?? ''} 号，会一起回答。`, en: (q) => `Question ${q.number} was merged into question ${q.mergedIntoNumber ?? ''}; they will be answered together.` },
  declined: { 'zh-CN': (q) => `第 ${q.number} 号提问没有被采用，点开看理由。`, en: (q) => `Question ${q.number} was not taken up. Open this for the reason.` },
}

const EXCERPT = 60
const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** The beginning of a text, in one line. */
function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  const characters = Array.from(segmenter.segment(line), ({ segment }) => segment)
  return characters.length <= EXCERPT ? line : `${characters.slice(0, EXCERPT).join('')}…`
}

/** The notice's words in both languages. Texts that are not public stand in none of them. */
export function pushTexts(event: Exclude<PushEvent, 'recorded'>, question: StoredQuestion, sessionTitle: string): PushTexts {
  const body = BODY[event]
  return { 'zh-CN': { title: sessionTitle, body: body['zh-CN'](question) }, en: { title: sessionTitle, body: body.en(question) } }
}

const DAY = { 'zh-CN': new Intl.DateTimeFormat('zh-CN', { month: 'long', day: 'numeric', timeZone: 'UTC' }), en: new Intl.DateTimeFormat('en-GB', { month: 'long', day: 'numeric', timeZone: 'UTC' }) }

/** What is said of a promise or task that was recorded about a question: nothing of the question's words. Null for an answer, of which its own state tells. */
export function spotTexts({ kind, who, dueOn }: Pick<SpotRecord, 'kind' | 'who' | 'dueOn'>, number: number, sessionTitle: string): PushTexts | null {
  if (kind === 'answer' || dueOn === null) return null
  const due = { 'zh-CN': DAY['zh-CN'].format(new Date(dueOn)), en: DAY.en.format(new Date(dueOn)) }
  return {
    'zh-CN': { title: sessionTitle, body: kind === 'promise' ? `第 ${number} 号提问有了承诺：${who}，${due['zh-CN']}前。` : `第 ${number} 号提问已现场领办：${who}，${due['zh-CN']}前。` },
    en: { title: sessionTitle, body: kind === 'promise' ? `On question ${number} a promise was made: ${who}, by ${due.en}.` : `Question ${number} was taken on: ${who}, by ${due.en}.` },
  }
}
