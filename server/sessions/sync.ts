import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Moderation, SessionJoin, SessionJoined, SessionSnapshot } from '../../shared/protocol/events.ts'
import type { PollView } from '../../shared/polls.ts'
import { isPublic } from '../../shared/rules/questionLifecycle.ts'
import type { Access } from '../accounts/access.ts'
import type { LinkStore } from '../accounts/linkStore.ts'
import type { AttendanceStore } from '../attendance/store.ts'
import { chatMessage, waitingMessage, withOwnHeld } from '../chat/rules.ts'
import type { ChatStore } from '../chat/store.ts'
import { deskHand, ownHand, publicHand } from '../floor/rules.ts'
import type { FloorStore } from '../floor/store.ts'
import type { ModerationStore } from '../moderation/store.ts'
import { isPublicPoll, pollView } from '../polls/rules.ts'
import type { Eyes } from '../polls/rules.ts'
import type { PollStore } from '../polls/store.ts'
import type { Receipts } from '../questions/receipts.ts'
import { deskQuestion, personAudience, publicQuestion } from '../questions/rules.ts'
import type { QuestionStore } from '../questions/store.ts'
import type { EventStore } from '../realtime/store.ts'
import { spotRecord } from '../spot/store.ts'
import type { SpotStore } from '../spot/store.ts'
import type { VoteStore } from '../votes/store.ts'
import { sessionView, stageView } from './rules.ts'
import type { StoredSession } from './rules.ts'
import type { SessionStore } from './store.ts'

/** Above this many missed commits a snapshot is shorter than what was missed. */
const CATCH_UP_COMMITS = 300
const CACHED_SNAPSHOTS = 50

type Stores = { sessions: SessionStore; questions: QuestionStore; votes: VoteStore; moderation: ModerationStore; chat: ChatStore; polls: PollStore; links: LinkStore; hands: FloorStore; attendance: AttendanceStore; spots: SpotStore; events: EventStore }
type Shared = Pick<SessionSnapshot, 'session' | 'stage' | 'questions' | 'chat' | 'polls' | 'agenda' | 'floor' | 'hands' | 'spots'>

/** The session's polls with their results, in order of number, as `eyes` may see them. */
async function pollViews(polls: PollStore, sessionId: string, eyes: Eyes): Promise<PollView[]> {
  const views: PollView[] = []
  for (const poll of await polls.inSession(sessionId)) if (eyes === 'desk' || isPublicPoll(poll)) views.push(pollView(poll, await polls.tallies(poll), eyes))
  return views
}

/** What only the desk sees of people and votes. */
async function moderationOf({ moderation, votes, chat, links, hands, attendance }: Stores, { id: sessionId, attendance: { hallCode } }: StoredSession): Promise<Moderation> {
  const held = await chat.held(sessionId)
  return {
    sanctions: await moderation.sanctions(sessionId),
    flags: await votes.flags(sessionId),
    heldChat: held.map((message) => ({ ...chatMessage(message), held: message.held ?? 'sensitive_word' })),
    alarms: await links.alarms(sessionId),
    hands: (await hands.inSession(sessionId)).map(deskHand),
    hall: { code: hallCode, figures: await attendance.figures(sessionId) },
  }
}

export type SyncService = ReturnType<typeof createSyncService>

/** Gives a joining or returning client what it must show. */
export function createSyncService(deps: {
  access: Access
  /** Reads all of `work` from one moment of the database. */
  consistent: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>
  receipts: Receipts
  epoch: string
  now: () => Date
  watching: (sessionId: string) => number
}) {
  const { access, consistent, receipts, epoch, now, watching } = deps
  /** What is the same for everybody, by session and head: a crowd that returns after an outage is served from one reading. */
  const cache = new Map<string, Promise<Shared>>()

  function sharedPart(key: string, build: () => Promise<Shared>): Promise<Shared> {
    const cached = cache.get(key)
    if (cached) return cached
    if (cache.size >= CACHED_SNAPSHOTS) cache.clear()
    const building = build()
    cache.set(key, building)
    building.catch(() => cache.delete(key))
    return building
  }

  /** @throws RefusedError `forbidden` for a desk or stage that is not theirs */
  async function authorise(personId: string, input: SessionJoin): Promise<void> {
    if (input.as === 'desk') await access.require(personId, input.sessionId, 'desk.view')
    if (input.as === 'stage') await access.require(personId, input.sessionId, 'stage.view_backstage')
  }

  return {
    authorise,

    /** @throws RefusedError `forbidden`, `not_found` */
    async join(personId: string, input: SessionJoin): Promise<SessionJoined> {
      await authorise(personId, input)
      return consistent(async (stores) => {
        const { sessions, questions, moderation, chat, polls, hands, spots, events } = stores
        const session = await sessions.byId(input.sessionId)
        if (!session) throw new RefusedError('not_found')
        const head = { epoch, seq: session.seq, now: now().toISOString(), watching: watching(session.id) }
        const { since } = input
        if (since && since.epoch === epoch && since.seq <= session.seq && session.seq - since.seq <= CATCH_UP_COMMITS) {
          const audiences = ['public', personAudience(personId), ...(input.as === 'desk' ? ['desk'] : [])]
          const missed = await events.after(session.id, since.seq, session.seq, audiences)
          return { ...head, snapshot: null, events: missed.map(({ event }) => receipts.reveal(event)) }
        }
        const all = input.as === 'desk' ? await questions.inSession(session.id) : null
        const shared = await sharedPart(`${session.id}:${session.seq}`, async () => ({
          session: sessionView(session),
          stage: stageView(session),
          questions: (all ?? (await questions.inSession(session.id))).filter((question) => isPublic(question.state)).map(publicQuestion),
          chat: (await chat.latest(session.id, LIMITS.chatHistory)).map(chatMessage),
          polls: await pollViews(polls, session.id, 'public'),
          agenda: session.agenda,
          floor: session.floor,
          hands: (await hands.inSession(session.id)).map(publicHand),
          spots: (await spots.inSession(session.id)).map(spotRecord),
        }))
        // A crowd joins an interview at once, where there is neither hand nor hall to be asked for.
        const hasFloor = session.kind === 'symposium'
        const own = hasFloor ? await hands.lastOf(session.id, personId) : null
        const snapshot: SessionSnapshot = {
          ...shared,
          chat: withOwnHeld(shared.chat, (await chat.held(session.id, personId)).map(waitingMessage), LIMITS.chatHistory),
          own: (await questions.ofPerson(session.id, personId)).map(receipts.own),
          votes: await questions.votesOf(session.id, personId),
          ownPolls: await polls.ofPerson(session.id, personId),
          objections: await moderation.objectionsOf(session.id, personId),
          ownHand: own && ownHand(own),
          ownPlace: hasFloor ? await hands.placeOf(session.id, personId) : 'home',
          desk: null,
          moderation: null,
        }
        if (!all) return { ...head, snapshot, events: null }
        const ofDesk = { polls: await pollViews(polls, session.id, 'desk'), desk: all.map(deskQuestion), moderation: await moderationOf(stores, session) }
        return { ...head, snapshot: { ...snapshot, ...ofDesk }, events: null }
      })
    },
  }
}
