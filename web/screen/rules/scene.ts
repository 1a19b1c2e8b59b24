import type { AgendaItem } from '../../../shared/agenda.ts'
import type { PublicHand } from '../../../shared/floor.ts'
import type { PublicQuestion } from '../../../shared/questions.ts'
import type { SessionState } from '../../sessions/reduce.ts'
import { currentQuestion } from '../../questions/ordering.ts'

/** What the big screen is about. `soon`: everybody is getting ready. `hands`: who has the floor, the last one called first. */
type Scene =
  | { kind: 'before'; soon: boolean }
  | { kind: 'paused' }
  | { kind: 'cut'; reason: string }
  | { kind: 'over' }
  | { kind: 'cancelled' }
  | { kind: 'speakers'; hands: [PublicHand, ...PublicHand[]]; question: PublicQuestion | null }
  | { kind: 'question'; question: PublicQuestion }
  | { kind: 'part'; item: AgendaItem }
  | { kind: 'welcome' }

type Seen = Pick<SessionState, 'session' | 'questions' | 'hands' | 'agenda'>

/** What everybody in the hall should see first: whoever has the floor, else the question on air, else the part that is on. */
export function sceneOf({ session, questions, hands, agenda }: Seen): Scene {
  switch (session.phase) {
    case 'announced':
    case 'backstage':
      return { kind: 'before', soon: session.phase === 'backstage' }
    case 'ended':
    case 'archived':
      return { kind: 'over' }
    case 'cancelled':
      return { kind: 'cancelled' }
    case 'live':
    case 'paused':
  }
  if (session.intake.cut) return { kind: 'cut', reason: session.intake.cut.reason }
  if (session.phase === 'paused') return { kind: 'paused' }

  const onAir = currentQuestion(questions.values())
  const [first, ...others] = speaking(hands.values())
  if (first) return { kind: 'speakers', hands: [first, ...others], question: (first.questionId === null ? undefined : questions.get(first.questionId)) ?? null }
  if (onAir) return { kind: 'question', question: onAir }
  const item = agenda.items.find(({ id }) => id === agenda.current)
  return item ? { kind: 'part', item } : { kind: 'welcome' }
}

function speaking(hands: Iterable<PublicHand>): PublicHand[] {
  return [...hands].filter(({ state }) => state === 'speaking').sort((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? '') || b.number - a.number)
}

/** How a speaker stands against their time at `now`, in milliseconds; null while it does not run. */
export function speakingTime({ startedAt, seconds }: Pick<PublicHand, 'startedAt' | 'seconds'>, now: number): { left: number; over: boolean; near: boolean } | null {
  if (startedAt === null) return null
  const left = Date.parse(startedAt) + seconds * 1_000 - now
  return { left, over: left < 0, near: left >= 0 && left <= Math.min(NEAR_MS, seconds * 250) }
}
const NEAR_MS = 30_000

/** Characters of a text on air from which it needs the room of the list beside it to be read from the last row, and from which it needs that even of a poll. */
const LONG = 130
const VERY_LONG = 200

/** Whether the scene's words need the room beside them, too. */
export function needsRoom(scene: Scene, poll: boolean): boolean {
  const text = scene.kind === 'question' ? scene.question.text : scene.kind === 'speakers' ? (scene.question?.text ?? '') : ''
  return [...text].length > (poll ? VERY_LONG : LONG)
}
