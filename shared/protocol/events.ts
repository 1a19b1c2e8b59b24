import { z } from 'zod'
import type { LinkAlarm, RevokeReason } from '../accounts.ts'
import type { Agenda, agendaActSchema, saveAgendaSchema } from '../agenda.ts'
import type { cutSchema } from '../administration.ts'
import type { Hall } from '../attendance.ts'
import type { ChatMessage, HeldChat } from '../chat.ts'
import type { chatSettingsSchema, deleteChatSchema, sendChatSchema } from '../chat.ts'
import type { DeskHand, Floor, OwnHand, Place, PublicHand, enterHallSchema, handActSchema, raiseForSchema, raiseHandSchema, setFloorSchema } from '../floor.ts'
import type {
  MediaConsumer,
  MediaJoined,
  MediaTransport,
  StageMedia,
  mediaConnectSchema,
  mediaConsumeSchema,
  mediaConsumerSchema,
  mediaJoinSchema,
  mediaLeaveSchema,
  mediaProduceSchema,
  mediaProducerSchema,
  mediaRestartIceSchema,
  mediaTransportSchema,
  stageAdmitSchema,
  stageMuteSchema,
} from '../media.ts'
import type {
  QuestionDetails,
  Sanction,
  VoteFlag,
  WordLists,
  getWordsSchema,
  intakeQuestionSchema,
  judgeFlagSchema,
  noteQuestionSchema,
  questionDetailsSchema,
  releaseChatSchema,
  sanctionSchema,
  setIntakeSchema,
  setWordsSchema,
} from '../moderation.ts'
import type { PollView, answerPollSchema, pollActSchema, savePollSchema } from '../polls.ts'
import type {
  BulkOutcome,
  DeskQuestion,
  OwnQuestion,
  PublicQuestion,
  QuestionRef,
  QuestionState,
  SimilarQuestion,
  objectionSchema,
  questionActSchema,
  questionBulkSchema,
  similarSchema,
  submitQuestionSchema,
  voteSchema,
} from '../questions.ts'
import type { DeclineCode } from '../rules/declining.ts'
import type { IceParameters } from '../rtp.ts'
import { embedTokenSchema } from '../embed.ts'
import { PHASE_ACTIONS } from '../rules/sessionLifecycle.ts'
import { sessionIdSchema, versionSchema } from '../schemas.ts'
import type { SessionView } from '../sessions.ts'
import type { SpotRecord, saveSpotSchema, withdrawSpotSchema } from '../spot.ts'
import type { StageView } from '../stage.ts'
import type { Ack } from './errors.ts'

/**
 * State. A session's log is a sequence of commits, numbered from 1 without a gap. Every commit reaches every client of the session as part of a `session:events`
 * message, from `from` (exclusive) to `to` (inclusive), with the events that this client's audience may see - perhaps none.
 * A client at `seq` applies a message with `from <= seq < to` and then stands at `to`; ignores one with `from < to <= seq`; resyncs when `from > seq`.
 * `from === to` marks a side message to one person: applied at once, it does not move `seq`. It is sent ahead of the message that does, so that a connection
 * lost in between makes the client ask for both. All events carry whole objects, so applying one twice does no harm.
 * Messages that arrive while a join is under way are kept and applied after its answer.
 */
export type SessionEvent =
  | { type: 'session'; session: SessionView }
  | { type: 'stage'; stage: StageView }
  /** A question in a public state, new or changed. */
  | { type: 'question'; question: PublicQuestion }
  /** No longer public: taken back, declined, merged, withdrawn. Its voters are told what became of it. */
  | { type: 'question_hidden'; id: string; number: number; state: QuestionState; reasonCode: DeclineCode | null; mergedInto: QuestionRef | null }
  | { type: 'votes'; counts: Record<string, number> }
  | { type: 'chat'; message: ChatMessage }
  /** Of one that was held, its author alone is told. */
  | { type: 'chat_deleted'; id: string }
  /** Open and closed polls to the public; to the desk also drafts, and results that the public does not see yet. */
  | { type: 'poll'; poll: PollView }
  /** A draft was deleted. Desk only, as are the next ones. */
  | { type: 'poll_deleted'; id: string }
  /** All standing sanctions, and all flags of the session. */
  | { type: 'sanctions'; sanctions: Sanction[] }
  | { type: 'vote_flags'; flags: VoteFlag[] }
  /** All that nobody has seen yet. */
  | { type: 'link_alarms'; alarms: LinkAlarm[] }
  | { type: 'chat_held'; message: HeldChat }
  /** Released or deleted. */
  | { type: 'chat_held_gone'; id: string }
  | { type: 'desk_question'; question: DeskQuestion }
  /** To the asker only, on all their devices. */
  | { type: 'own_question'; question: OwnQuestion }
  /** To the voter only. */
  | { type: 'own_vote'; questionId: string; up: boolean }
  /** To whoever objected only. */
  | { type: 'own_objection'; questionId: string; reason: string | null }
  /** To whoever answered the poll only; empty: taken back. */
  | { type: 'own_poll'; pollId: string; choices: string[] }
  | { type: 'agenda'; agenda: Agenda }
  | { type: 'floor'; floor: Floor }
  /** A raised hand, new or changed; one that was lowered is not shown any more. */
  | { type: 'hand'; hand: PublicHand }
  | { type: 'desk_hand'; hand: DeskHand }
  /** To the person only: their hand of now, or the last one. */
  | { type: 'own_hand'; hand: OwnHand }
  /** To the person only: they are in the hall, or not. */
  | { type: 'own_place'; place: Place }
  /** A record made on the spot, new, corrected or taken back. */
  | { type: 'spot'; record: SpotRecord }
  /** To the desk. */
  | { type: 'hall'; hall: Hall }

/** What a page is joined as: decides the audience. `desk` and `stage` need a grant. */
export const joinAsSchema = z.enum(['participant', 'desk', 'stage'])
export type JoinAs = z.infer<typeof joinAsSchema>

/** The whole of what one person sees, at `seq`. Equal to what applying every event up to `seq` gives. */
export type SessionSnapshot = {
  session: SessionView
  stage: StageView
  questions: PublicQuestion[]
  /** Newest last, at most LIMITS.chatHistory. */
  chat: ChatMessage[]
  own: OwnQuestion[]
  votes: string[]
  /** Without drafts, unless joined as `desk`. */
  polls: PollView[]
  /** By poll id. */
  ownPolls: Record<string, string[]>
  /** By question id: the reason that this person gave. */
  objections: Record<string, string>
  agenda: Agenda
  floor: Floor
  /** In order of number, without the lowered. */
  hands: PublicHand[]
  /** null: never raised one. */
  ownHand: OwnHand | null
  ownPlace: Place
  /** Records made on the spot, in order of number. */
  spots: SpotRecord[]
  /** Only when joined as `desk`: every question, in every state but withdrawn. */
  desk: DeskQuestion[] | null
  /** Only when joined as `desk`. */
  moderation: Moderation | null
}

export type Moderation = { sanctions: Sanction[]; flags: VoteFlag[]; heldChat: HeldChat[]; alarms: LinkAlarm[]; /** In order of number, without the lowered. */ hands: DeskHand[]; hall: Hall }

export const sessionJoinSchema = z.strictObject({
  sessionId: sessionIdSchema,
  as: joinAsSchema,
  /** Where this client stands, to be given only what it missed; null on a fresh page. */
  since: z.strictObject({ epoch: z.string().max(64), seq: z.int().min(0) }).nullable(),
})
export type SessionJoin = z.infer<typeof sessionJoinSchema>

export type SessionJoined = {
  epoch: string
  /** The client stands here after applying what is below. */
  seq: number
  /** Server clock, UTC ISO 8601: countdowns follow it, not the phone's. */
  now: string
  watching: number
} & ({ snapshot: SessionSnapshot; events: null } | { snapshot: null; events: SessionEvent[] })

export type SessionEvents = { sessionId: string; epoch: string; from: number; to: number; events: SessionEvent[] }
export type SessionHead = { sessionId: string; epoch: string; seq: number; now: string; watching: number }

export const sessionLeaveSchema = z.strictObject({ sessionId: sessionIdSchema })
export const sessionPhaseSchema = z.strictObject({ sessionId: sessionIdSchema, action: z.enum(PHASE_ACTIONS), expectedVersion: versionSchema })
export type SessionPhase = z.infer<typeof sessionPhaseSchema>

type Request<S extends z.ZodType, T> = (payload: z.input<S>, ack: (answer: Ack<T>) => void) => void

/** Client to server. Each is acknowledged once: after its commit for a write. */
export type ClientEvents = {
  'session:join': Request<typeof sessionJoinSchema, SessionJoined>
  'session:leave': Request<typeof sessionLeaveSchema, null>
  'session:phase': Request<typeof sessionPhaseSchema, { session: SessionView }>
  'question:submit': Request<typeof submitQuestionSchema, { question: OwnQuestion }>
  'question:act': Request<typeof questionActSchema, { version: number }>
  'question:vote': Request<typeof voteSchema, { votes: number }>
  'question:bulk': Request<typeof questionBulkSchema, BulkOutcome>
  'question:similar': Request<typeof similarSchema, { questions: SimilarQuestion[] }>
  'question:object': Request<typeof objectionSchema, null>
  'question:intake': Request<typeof intakeQuestionSchema, { question: DeskQuestion; receipt: string }>
  'question:note': Request<typeof noteQuestionSchema, null>
  'question:details': Request<typeof questionDetailsSchema, QuestionDetails>
  'votes:judge': Request<typeof judgeFlagSchema, null>
  'person:sanction': Request<typeof sanctionSchema, null>
  'words:get': Request<typeof getWordsSchema, WordLists>
  'words:set': Request<typeof setWordsSchema, WordLists>
  'poll:save': Request<typeof savePollSchema, { poll: PollView }>
  'poll:act': Request<typeof pollActSchema, { version: number }>
  'poll:answer': Request<typeof answerPollSchema, null>
  'session:intake': Request<typeof setIntakeSchema, null>
  'session:cut': Request<typeof cutSchema, null>
  /** `held`: it waits for review, and nobody but its author knows of it yet. */
  'chat:send': Request<typeof sendChatSchema, { message: ChatMessage; held: boolean }>
  'chat:delete': Request<typeof deleteChatSchema, null>
  'chat:release': Request<typeof releaseChatSchema, null>
  'chat:settings': Request<typeof chatSettingsSchema, null>
  'stage:admit': Request<typeof stageAdmitSchema, { stage: StageView }>
  'stage:mute': Request<typeof stageMuteSchema, { stage: StageView }>
  'agenda:save': Request<typeof saveAgendaSchema, { agenda: Agenda }>
  'agenda:act': Request<typeof agendaActSchema, { agenda: Agenda }>
  'floor:set': Request<typeof setFloorSchema, { floor: Floor }>
  'hand:raise': Request<typeof raiseHandSchema, { hand: OwnHand }>
  'hand:raise_for': Request<typeof raiseForSchema, { hand: DeskHand }>
  'hand:act': Request<typeof handActSchema, { version: number }>
  'hall:enter': Request<typeof enterHallSchema, { place: Place }>
  'spot:save': Request<typeof saveSpotSchema, { record: SpotRecord }>
  'spot:withdraw': Request<typeof withdrawSpotSchema, { record: SpotRecord }>
  'media:join': Request<typeof mediaJoinSchema, MediaJoined>
  'media:leave': Request<typeof mediaLeaveSchema, null>
  'media:transport': Request<typeof mediaTransportSchema, MediaTransport>
  'media:connect': Request<typeof mediaConnectSchema, null>
  'media:restart_ice': Request<typeof mediaRestartIceSchema, { iceParameters: IceParameters }>
  'media:produce': Request<typeof mediaProduceSchema, { producerId: string }>
  'media:producer': Request<typeof mediaProducerSchema, null>
  'media:consume': Request<typeof mediaConsumeSchema, MediaConsumer>
  'media:consumer': Request<typeof mediaConsumerSchema, null>
}

/** Server to client. */
export type ServerEvents = {
  'session:events': (message: SessionEvents) => void
  /** Every TIMES.headBeat, and with a change of `watching` (at most once in TIMES.burstInterval). */
  'session:head': (message: SessionHead) => void
  'media:stage': (message: { sessionId: string; stage: StageMedia }) => void
  'media:speaker': (message: { sessionId: string; speaker: string | null }) => void
  /** The room is gone (worker died, owner gone): close everything and join again. */
  'media:restart': (message: { sessionId: string }) => void
  /** The server closes this connection: the rights that it was opened with are gone. Come back with what is left. */
  'access:revoked': (message: { reason: RevokeReason }) => void
  /** The same seat was opened elsewhere; this page no longer holds it. */
  'media:replaced': (message: { sessionId: string }) => void
}

/** `auth` of the Socket.IO handshake. Identity comes from the http-only cookies, or within another site's page from the embed token. */
export const handshakeSchema = z.strictObject({ protocol: z.int(), /** See shared/embed.ts. */ embed: embedTokenSchema.optional() })
