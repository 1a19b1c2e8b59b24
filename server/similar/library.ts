import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SessionEvent } from '../../shared/protocol/events.ts'
import { questionStateSchema } from '../../shared/questions.ts'
import type { QuestionState, Similar } from '../../shared/questions.ts'
import { isPublic } from '../../shared/rules/questionLifecycle.ts'
import { createTurns } from '../db/turns.ts'
import type { EventStore } from '../realtime/store.ts'
import type { SessionStore } from '../sessions/store.ts'
import { createMatcher } from './matcher.ts'
import type { Matcher } from './matcher.ts'
import type { SimilarStore } from './store.ts'

export type Scope = Similar['scope']

/** Sessions and scopes whose texts are kept in memory; the least recently used goes first. */
const KEPT = 40
/** Above this many missed commits, reading all texts anew is shorter. */
const CATCH_UP_COMMITS = 500
/** Texts that are taken in before others get a turn. */
const AT_ONCE = 500

/** Whether a question in this state is searched: the public sees what is public; the desk all that stands for itself, declined ones too. */
export const isSearched = (scope: Scope, state: QuestionState): boolean => (scope === 'public' ? isPublic(state) : state !== 'withdrawn' && state !== 'merged')

function apply(matcher: Matcher, scope: Scope, event: SessionEvent): void {
  if (scope === 'public' && event.type === 'question_hidden') matcher.remove(event.id)
  const question = scope === 'public' && event.type === 'question' ? event.question : scope === 'desk' && event.type === 'desk_question' ? event.question : null
  if (!question) return
  if (isSearched(scope, question.state)) matcher.set(question.id, question.text)
  else matcher.remove(question.id)
}

export type Library = {
  /** All texts of one session and scope as of now. @throws RefusedError `not_found` */
  open: (sessionId: string, scope: Scope) => Promise<Matcher>
}

/**
 * The texts of questions, ready to be searched. Read once from the table, and kept current from the session's log, which is also what the fan-out reads: so what
 * another process committed is found here, too.
 */
export function createLibrary(deps: {
  /** Reads all of `work` from one moment of the database. */
  consistent: <T>(work: (stores: { sessions: SessionStore; similar: SimilarStore }) => Promise<T>) => Promise<T>
  sessions: Pick<SessionStore, 'heads'>
  events: EventStore
}): Library {
  const { consistent, sessions, events } = deps
  type Shelf = { seq: number; matcher: Matcher }
  const shelves = new Map<string, Shelf>()
  const inTurn = createTurns()

  async function build(sessionId: string, scope: Scope): Promise<Shelf> {
    const states = questionStateSchema.options.filter((state) => isSearched(scope, state))
    const { seq, texts } = await consistent(async (stores) => {
      const head = (await stores.sessions.heads([sessionId])).get(sessionId)
      if (head === undefined) throw new RefusedError('not_found')
      return { seq: head, texts: await stores.similar.texts(sessionId, states) }
    })
    const matcher = createMatcher()
    for (const [index, { id, text }] of texts.entries()) {
      matcher.set(id, text)
      if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve))
    }
    return { seq, matcher }
  }

  async function catchUp(shelf: Shelf, sessionId: string, scope: Scope): Promise<Shelf> {
    const head = (await sessions.heads([sessionId])).get(sessionId)
    // Another database, or one that was put back to an earlier time.
    if (head === undefined || head < shelf.seq || head - shelf.seq > CATCH_UP_COMMITS) return build(sessionId, scope)
    if (head === shelf.seq) return shelf
    for (const { event } of await events.after(sessionId, shelf.seq, head, [scope])) apply(shelf.matcher, scope, event)
    shelf.seq = head
    return shelf
  }

  return {
    open(sessionId, scope) {
      const key = `${sessionId}:${scope}`
      return inTurn(key, async () => {
        const known = shelves.get(key)
        const shelf = known ? await catchUp(known, sessionId, scope) : await build(sessionId, scope)
        shelves.delete(key)
        shelves.set(key, shelf)
        const oldest = shelves.keys().next().value
        if (shelves.size > KEPT && oldest !== undefined) shelves.delete(oldest)
        return shelf.matcher
      })
    },
  }
}
