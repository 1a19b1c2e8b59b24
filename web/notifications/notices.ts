import type { OwnQuestion, QuestionState } from '../../shared/questions.ts'
import type { SessionState } from '../sessions/reduce.ts'

/** What somebody who asked or voted hears of. `into`: number of the question that a merged one is answered with. */
export type FateNotice = { kind: 'aired' | 'answered' | 'merged' | 'declined'; id: string; number: number; own: boolean; into: number | null }

type Watched = { state: QuestionState; number: number; own: boolean; into: number | null }
type Seen = Pick<SessionState, 'own' | 'votes' | 'questions' | 'left'>

const mergedOwn = (own: Iterable<OwnQuestion>) => [...own].flatMap(({ state, mergedInto }) => (state === 'merged' && mergedInto ? [mergedInto.id] : []))

/** The questions that this person has a part in, as they stand: own ones, those voted for, and those that stand for merged own ones. */
function watched(state: Seen, voted: ReadonlySet<string>): Map<string, Watched> {
  const found = new Map<string, Watched>()
  for (const id of [...voted, ...mergedOwn(state.own.values())]) {
    const shown = state.questions.get(id)
    const gone = state.left.get(id)
    if (shown) found.set(id, { state: shown.state, number: shown.number, own: false, into: null })
    else if (gone) found.set(id, { state: gone.state, number: gone.number, own: false, into: gone.mergedInto?.number ?? null })
  }
  for (const [id, own] of state.own) found.set(id, { state: own.state, number: own.number, own: true, into: own.mergedInto?.number ?? null })
  return found
}

function kindOf(state: QuestionState): FateNotice['kind'] | null {
  switch (state) {
    case 'asking':
      return 'aired'
    case 'answered':
    case 'merged':
    case 'declined':
      return state
    case 'pending':
    case 'approved':
    case 'withdrawn':
      return null
  }
}

/** What `after` brings that `before` did not have, for this person. What one sees for the first time is no news. */
export function fateNotices(before: Seen, after: Seen): FateNotice[] {
  // Votes of a question that is gone may be gone with it.
  const voted = new Set([...before.votes, ...after.votes])
  const known = watched(before, voted)
  return [...watched(after, voted)].flatMap(([id, { state, number, own, into }]) => {
    const kind = kindOf(state)
    const was = known.get(id)
    return kind && was && was.state !== state ? [{ kind, id, number, own, into }] : []
  })
}
