import type { DeskQuestion, HeldReason } from '../../../shared/questions.ts'
import type { SessionView } from '../../../shared/sessions.ts'
import type { Why } from './order.ts'

/** What stands on a card besides its text, in the order of its weight: first what asks for attention, then what it belongs to, then what there is to look at. */
export type Chip =
  | { kind: 'held'; reason: HeldReason }
  | { kind: 'flagged' }
  | { kind: 'objections'; count: number }
  | { kind: 'topic'; name: string }
  | { kind: 'guest'; name: string }
  | { kind: 'channel'; channel: 'phone' | 'paper' | 'hall' }
  | { kind: 'forum'; name: string }
  | { kind: 'merged'; count: number }
  | { kind: 'setAside'; count: number }
  | { kind: 'follows'; number: number }
  | { kind: 'notes'; count: number }
  | { kind: 'picture' }
  | { kind: 'answer' }
  | { kind: 'why'; why: Exclude<Why, 'votes'> }

/** @param why the suggestion's reason, null unless the column is in that order */
export function chipsOf(question: DeskQuestion, session: Pick<SessionView, 'guests' | 'settings'>, flagged: boolean, why: Why | null): Chip[] {
  const topic = session.settings.topics.find(({ id }) => id === question.topicId)
  const guest = session.guests.find(({ id }) => id === question.guestId)
  const chips: (Chip | false | undefined)[] = [
    ...question.held.map((reason): Chip => ({ kind: 'held', reason })),
    flagged && { kind: 'flagged' },
    question.objections > 0 && { kind: 'objections', count: question.objections },
    why !== null && why !== 'votes' && { kind: 'why', why },
    topic && { kind: 'topic', name: topic.name },
    guest && { kind: 'guest', name: guest.name },
    question.channel !== 'web' && { kind: 'channel', channel: question.channel },
    question.forum !== null && { kind: 'forum', name: question.forum.name },
    question.merged > 0 && { kind: 'merged', count: question.merged },
    question.setAside !== null && { kind: 'setAside', count: question.setAside.votes },
    question.follows !== null && { kind: 'follows', number: question.follows },
    question.notes.length > 0 && { kind: 'notes', count: question.notes.length },
    question.pictureId !== null && { kind: 'picture' },
    question.answer !== null && { kind: 'answer' },
  ]
  return chips.filter((chip) => chip !== false && chip !== undefined)
}

/** Chips behind which there is more to read. */
const OPENING: ReadonlySet<Chip['kind']> = new Set(['flagged', 'objections', 'merged', 'notes', 'picture', 'answer'])
export const opensMore = (chip: Chip): boolean => OPENING.has(chip.kind)
