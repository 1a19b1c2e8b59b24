import type { ChatMessage, HeldChat } from '../../shared/chat.ts'
import { LIMITS } from '../../shared/limits.ts'
import type { Moderation, SessionEvent, SessionEvents, SessionJoined, SessionSnapshot } from '../../shared/protocol/events.ts'
import type { Agenda } from '../../shared/agenda.ts'
import type { DeskHand, Floor, OwnHand, Place, PublicHand } from '../../shared/floor.ts'
import type { PollView } from '../../shared/polls.ts'
import type { DeskQuestion, OwnQuestion, PublicQuestion } from '../../shared/questions.ts'
import type { SessionView } from '../../shared/sessions.ts'
import type { SpotRecord } from '../../shared/spot.ts'
import type { StageView } from '../../shared/stage.ts'

/** A question that everybody saw and that nobody sees any more. */
type LeftQuestion = Omit<Extract<SessionEvent, { type: 'question_hidden' }>, 'type'>

/**
 * What one person sees of a session, as of `seq`. Never changed in place: an update makes a new object and shares every part that stayed the same,
 * so that a `computed` over one part is not run for changes in another.
 */
export type SessionState = {
  epoch: string
  seq: number
  session: SessionView
  stage: StageView
  /** By id: what everybody sees. */
  questions: ReadonlyMap<string, PublicQuestion>
  /** By id: what became of those that left the public while this page was there. */
  left: ReadonlyMap<string, LeftQuestion>
  /** By id: this person's own, in every state. */
  own: ReadonlyMap<string, OwnQuestion>
  /** Ids of the questions this person voted for. */
  votes: ReadonlySet<string>
  /** By id, when joined as `desk`: every question but withdrawn ones. */
  desk: ReadonlyMap<string, DeskQuestion> | null
  /** Newest last. */
  chat: readonly ChatMessage[]
  /** By id, drafts only on the desk. */
  polls: ReadonlyMap<string, PollView>
  /** By poll id: what this person chose. */
  ownPolls: ReadonlyMap<string, readonly string[]>
  /** By question id: why this person says that the answer did not answer theirs. */
  objections: ReadonlyMap<string, string>
  agenda: Agenda
  floor: Floor
  /** By id: raised hands that were not lowered. */
  hands: ReadonlyMap<string, PublicHand>
  /** This person's, of now or the last one. */
  ownHand: OwnHand | null
  ownPlace: Place
  /** By id: records made on the spot. */
  spots: ReadonlyMap<string, SpotRecord>
  /** When joined as `desk`. */
  moderation: Moderation | null
  watching: number
  /** The server's clock now, in milliseconds since 1970: what countdowns follow. */
  serverNow: () => number
}

/** A clock that goes on from `serverTime` (ISO 8601), as of now on this device. */
export function clockFrom(serverTime: string, now: () => number = Date.now): () => number {
  const offset = Date.parse(serverTime) - now()
  return () => now() + offset
}

const byId = <T extends { id: string }>(items: readonly T[]) => new Map(items.map((item) => [item.id, item]))

function fromSnapshot(snapshot: SessionSnapshot): Omit<SessionState, 'epoch' | 'seq' | 'watching' | 'serverNow'> {
  return {
    session: snapshot.session,
    stage: snapshot.stage,
    questions: byId(snapshot.questions),
    left: new Map(),
    own: byId(snapshot.own),
    votes: new Set(snapshot.votes),
    desk: snapshot.desk && byId(snapshot.desk),
    chat: snapshot.chat,
    polls: byId(snapshot.polls),
    ownPolls: new Map(Object.entries(snapshot.ownPolls)),
    objections: new Map(Object.entries(snapshot.objections)),
    agenda: snapshot.agenda,
    floor: snapshot.floor,
    hands: byId(snapshot.hands),
    ownHand: snapshot.ownHand,
    ownPlace: snapshot.ownPlace,
    spots: byId(snapshot.spots),
    moderation: snapshot.moderation,
  }
}

function withEntry<T>(map: ReadonlyMap<string, T>, id: string, value: T | null): ReadonlyMap<string, T> {
  const next = new Map(map)
  if (value === null) next.delete(id)
  else next.set(id, value)
  return next
}

function withVotes<T extends PublicQuestion>(map: ReadonlyMap<string, T>, counts: Record<string, number>): ReadonlyMap<string, T> {
  const changed = Object.entries(counts).flatMap(([id, votes]) => {
    const question = map.get(id)
    return question && question.votes !== votes ? [{ ...question, votes }] : []
  })
  return changed.length === 0 ? map : new Map([...map, ...byId(changed)])
}

function withVote(votes: ReadonlySet<string>, questionId: string, up: boolean): ReadonlySet<string> {
  const next = new Set(votes)
  if (up) next.add(questionId)
  else next.delete(questionId)
  return next
}

/** In its place by time: one's own message that is held comes ahead of what everybody said before it. */
function withMessage(chat: readonly ChatMessage[], message: ChatMessage): readonly ChatMessage[] {
  const others = chat.filter(({ id }) => id !== message.id)
  const place = others.findLastIndex(({ at }) => at <= message.at) + 1
  return [...others.slice(0, place), message, ...others.slice(place)].slice(-LIMITS.chatHistory)
}

function withHeldChat(state: SessionState, id: string, message: HeldChat | null): SessionState {
  if (!state.moderation) return state
  const others = state.moderation.heldChat.filter((held) => held.id !== id)
  return { ...state, moderation: { ...state.moderation, heldChat: message ? [...others, message] : others } }
}

/** In order of number; a hand that was lowered goes. */
function withDeskHand(hands: readonly DeskHand[], hand: DeskHand): DeskHand[] {
  const others = hands.filter(({ id }) => id !== hand.id)
  return hand.state === 'lowered' ? others : [...others, hand].toSorted((a, b) => a.number - b.number)
}

const leftQuestion = ({ type: _type, ...left }: Extract<SessionEvent, { type: 'question_hidden' }>): LeftQuestion => left

/** `state` after one event. Applying the same one twice changes nothing more. */
export function applyEvent(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'session':
      return { ...state, session: event.session }
    case 'stage':
      return { ...state, stage: event.stage }
    case 'question':
      return { ...state, questions: withEntry(state.questions, event.question.id, event.question), left: state.left.has(event.question.id) ? withEntry(state.left, event.question.id, null) : state.left }
    case 'question_hidden':
      return { ...state, questions: withEntry(state.questions, event.id, null), left: withEntry(state.left, event.id, leftQuestion(event)) }
    case 'votes':
      return {
        ...state,
        questions: withVotes(state.questions, event.counts),
        own: withVotes(state.own, event.counts),
        desk: state.desk && withVotes(state.desk, event.counts),
      }
    case 'chat':
      return { ...state, chat: withMessage(state.chat, event.message) }
    case 'chat_deleted':
      return { ...state, chat: state.chat.filter(({ id }) => id !== event.id) }
    case 'desk_question':
      return { ...state, desk: state.desk && withEntry(state.desk, event.question.id, event.question.state === 'withdrawn' ? null : event.question) }
    case 'own_question':
      return { ...state, own: withEntry(state.own, event.question.id, event.question) }
    case 'poll':
      return { ...state, polls: withEntry(state.polls, event.poll.id, event.poll) }
    case 'poll_deleted':
      return { ...state, polls: withEntry(state.polls, event.id, null) }
    case 'sanctions':
      return { ...state, moderation: state.moderation && { ...state.moderation, sanctions: event.sanctions } }
    case 'vote_flags':
      return { ...state, moderation: state.moderation && { ...state.moderation, flags: event.flags } }
    case 'link_alarms':
      return { ...state, moderation: state.moderation && { ...state.moderation, alarms: event.alarms } }
    case 'chat_held':
      return withHeldChat(state, event.message.id, event.message)
    case 'chat_held_gone':
      return withHeldChat(state, event.id, null)
    case 'own_objection':
      return { ...state, objections: withEntry(state.objections, event.questionId, event.reason) }
    case 'own_poll':
      return { ...state, ownPolls: withEntry(state.ownPolls, event.pollId, event.choices.length === 0 ? null : event.choices) }
    case 'agenda':
      return { ...state, agenda: event.agenda }
    case 'floor':
      return { ...state, floor: event.floor }
    case 'hand':
      return { ...state, hands: withEntry(state.hands, event.hand.id, event.hand.state === 'lowered' ? null : event.hand) }
    case 'desk_hand':
      return { ...state, moderation: state.moderation && { ...state.moderation, hands: withDeskHand(state.moderation.hands, event.hand) } }
    case 'own_hand':
      return { ...state, ownHand: event.hand }
    case 'own_place':
      return { ...state, ownPlace: event.place }
    case 'spot':
      return { ...state, spots: withEntry(state.spots, event.record.id, event.record) }
    case 'hall':
      return { ...state, moderation: state.moderation && { ...state.moderation, hall: event.hall } }
    case 'own_vote':
      return { ...state, votes: withVote(state.votes, event.questionId, event.up) }
  }
}

/** What a join's answer makes of `state` (null on a fresh page). */
export function applyJoined(state: SessionState | null, joined: SessionJoined, now: () => number = Date.now): SessionState | null {
  const standing = { epoch: joined.epoch, seq: joined.seq, watching: joined.watching, serverNow: clockFrom(joined.now, now) }
  if (joined.snapshot) return { ...fromSnapshot(joined.snapshot), ...standing }
  return state && { ...joined.events.reduce(applyEvent, state), ...standing }
}

/**
 * `state` after a `session:events` message, or `gap` when something before it is missing. What is known already is ignored;
 * a side message (`from === to`) applies without moving `seq`.
 */
export function applyMessage(state: SessionState, message: SessionEvents): SessionState | 'gap' {
  if (message.epoch !== state.epoch) return 'gap'
  const side = message.from === message.to
  if (!side && message.to <= state.seq) return state
  if (!side && message.from > state.seq) return 'gap'
  const next = message.events.reduce(applyEvent, state)
  return side ? next : { ...next, seq: message.to }
}
