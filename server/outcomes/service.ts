import { OUTCOMES_PER_PAGE } from '../../shared/outcomes.ts'
import type { Outcome, Outcomes, OutcomesQuery } from '../../shared/outcomes.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { judgeRule } from '../../shared/rules/selection.ts'
import type { Candidate, RuleVerdict } from '../../shared/rules/selection.ts'
import type { StoredSession } from '../sessions/rules.ts'
import type { SessionStore } from '../sessions/store.ts'
import { remembered } from './remembered.ts'
import { figuresOf, judgedAt, outcomesOf, pageOf, spotFigures } from './rules.ts'
import { spotRecord } from '../spot/store.ts'
import type { SpotStore } from '../spot/store.ts'
import type { OutcomeStore } from './store.ts'

type Stores = { sessions: SessionStore; outcomes: OutcomeStore; spots: SpotStore }
/** Candidates, and the verdict last given on them. */
type Judged = { list: Candidate[]; last: { at: number; over: boolean; verdict: RuleVerdict } | null }

/** Questions above which a session is so large that a vote does not make it be read anew at once. */
const LARGE = 2_000
const LARGE_LASTS_MS = 1_000
const lasting = (questions: number) => (questions > LARGE ? LARGE_LASTS_MS : 0)
/** How long a verdict serves on the same votes: it changes with time alone only where votes are weighed by it, and slowly. */
const VERDICT_LASTS_MS = 5_000

type Counted = Pick<Outcomes, 'total' | 'states' | 'declined' | 'answered' | 'channels' | 'spots'> & { all: Outcome[] }

export type OutcomeService = ReturnType<typeof createOutcomeService>

/** The public ledger: what became of every question. Everybody may read all of this. */
export function createOutcomeService(deps: {
  /** Reads all of `work` from one moment of the database. */
  consistent: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>
  /** Milliseconds since 1970. */
  now: () => number
}) {
  const { consistent, now } = deps
  // By session and head of its log: whatever changes moves the head, and a crowd that looks at once is served from one reading.
  const outcomes = remembered<Counted>(20, ({ all }) => lasting(all.length), now)
  const candidates = remembered<Judged>(50, ({ list }) => lasting(list.length), now)

  async function found({ sessions }: Stores, sessionId: string): Promise<StoredSession> {
    const session = await sessions.byId(sessionId)
    if (!session) throw new RefusedError('not_found')
    return session
  }

  async function verdict(stores: Stores, session: StoredSession): Promise<RuleVerdict | null> {
    const { rule, topics } = session.settings
    if (rule === null) return null
    const { at, over } = judgedAt(session, now())
    const judged = await candidates(session.id, session.seq, async () => ({ list: await stores.outcomes.candidates(session.id), last: null }))
    if (judged.last && judged.last.over === over && at - judged.last.at < VERDICT_LASTS_MS) return judged.last.verdict
    const topicIds = topics.map(({ id }) => id)
    judged.last = { at, over, verdict: judgeRule(rule, topicIds, judged.list, at, over) }
    return judged.last.verdict
  }

  async function counted(stores: Stores, session: StoredSession): Promise<Counted> {
    return outcomes(session.id, session.seq, async () => {
      const spots = (await stores.spots.inSession(session.id)).map(spotRecord)
      const all = outcomesOf(await stores.outcomes.everyQuestion(session.id), spots)
      return { all, ...figuresOf(all), spots: spotFigures(spots) }
    })
  }

  return {
    /** One page of what became of everything. @throws RefusedError `not_found` */
    async page(sessionId: string, query: OutcomesQuery): Promise<Outcomes> {
      return consistent(async (stores) => {
        const session = await found(stores, sessionId)
        const { all, ...figures } = await counted(stores, session)
        const { id, title, phase, wentLiveAt, settings, guests, ledgerIndex, ledgerHead, seal } = session
        return {
          sessionId: id,
          title,
          phase,
          wentLiveAt,
          topics: settings.topics,
          guests: guests.map(({ id: guestId, name, post }) => ({ id: guestId, name, post })),
          ...figures,
          ledger: { entries: ledgerIndex, head: ledgerHead, seal },
          rule: await verdict(stores, session),
          ...pageOf(all, query, OUTCOMES_PER_PAGE),
        }
      })
    },

    /** All of it, with the session: for a download. @throws RefusedError `not_found` */
    async whole(sessionId: string): Promise<{ session: StoredSession; outcomes: Outcome[] }> {
      return consistent(async (stores) => {
        const session = await found(stores, sessionId)
        return { session, outcomes: (await counted(stores, session)).all }
      })
    },

    /** Whether the host's promise on the choice of questions is kept; null without one. @throws RefusedError `not_found` */
    async rule(sessionId: string): Promise<RuleVerdict | null> {
      return consistent(async (stores) => verdict(stores, await found(stores, sessionId)))
    },
  }
}
