import type { PublicQuestion, QuestionAction } from '../../shared/questions.ts'
import type { PollView } from '../../shared/polls.ts'
import { isPublic } from '../../shared/rules/questionLifecycle.ts'
import type { SessionView } from '../../shared/sessions.ts'
import type { SpotRecord } from '../../shared/spot.ts'
import type { WebhookEvent } from '../../shared/webhooks.ts'
import type { StoredQuestion } from '../questions/rules.ts'

/** What happens to a question, as far as the outside may care: its lifecycle's actions, coming in, and an objection. */
export type QuestionHappening = QuestionAction | 'submit' | 'object'

/** The event that tells of it, or null: labels, assignments, corrections are nobody's business outside. */
export function questionEvent(happening: QuestionHappening): Extract<WebhookEvent, `question.${string}`> | null {
  switch (happening) {
    case 'submit':
      return 'question.submitted'
    case 'approve':
      return 'question.approved'
    case 'decline':
      return 'question.declined'
    case 'air':
      return 'question.aired'
    case 'answer':
    case 'reply':
      return 'question.answered'
    case 'merge':
      return 'question.merged'
    case 'withdraw':
      return 'question.withdrawn'
    case 'object':
      return 'question.objected'
    case 'edit':
    case 'revise':
    case 'time':
    case 'split':
    case 'label':
    case 'assign':
    case 'take_back':
      return null
  }
}

type Told = Pick<PublicQuestion, 'id' | 'number' | 'state' | 'votes' | 'topicId' | 'guestId' | 'channel' | 'asked' | 'submittedAt' | 'publicAt' | 'askedAt' | 'answeredAt' | 'answer' | 'follows' | 'merged' | 'objections' | 'version'>

/** A question as a webhook is told of it: words only when everybody may read them, never whose it is nor its receipt. */
export type WebhookQuestion = Told & { text: string | null; name: string | null; reasonCode: string | null; reason: string | null; mergedInto: number | null }

export function webhookQuestion(q: StoredQuestion): WebhookQuestion {
  const { id, number, state, votes, topicId, guestId, channel, asked, submittedAt, publicAt, askedAt, answeredAt, answer, follows, merged, objections, version, reasonCode, reason } = q
  const open = isPublic(state)
  return {
    id,
    number,
    state,
    text: open ? q.text : null,
    name: open ? q.name : null,
    votes,
    topicId,
    guestId,
    channel,
    asked,
    submittedAt,
    publicAt,
    askedAt,
    answeredAt,
    answer: open ? answer : null,
    follows,
    merged,
    mergedInto: q.mergedIntoNumber,
    objections,
    reasonCode,
    reason,
    version,
  }
}

export const webhookSession = ({ id, title, phase, startsAt, wentLiveAt, endedAt, version }: SessionView) => ({ id, title, phase, startsAt, wentLiveAt, endedAt, version })

/** A poll as the public sees it. */
export const webhookPoll = ({ id, number, kind, title, options, openedAt, closedAt, answers, counts }: PollView) => ({ id, number, kind, title, options, openedAt, closedAt, answers, counts })

/** A record made on the spot. `question`: number of the one that it is about. */
export const webhookSpot = ({ id, number, kind, guestId, who, departmentId, department, text, dueOn, at, withdrawn, version }: SpotRecord, question: number | null) => ({ id, number, kind, question, guestId, who, departmentId, department, text, dueOn, at, withdrawn, version })
