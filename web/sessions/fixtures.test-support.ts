import type { ChatMessage } from '../../shared/chat.ts'
import type { SessionEvents, SessionJoined, SessionSnapshot } from '../../shared/protocol/events.ts'
import type { DeskQuestion, OwnQuestion, PublicQuestion } from '../../shared/questions.ts'
import { EMPTY_AGENDA } from '../../shared/agenda.ts'
import { EMPTY_FLOOR } from '../../shared/floor.ts'
import { DEFAULT_SETTINGS, OPEN_INTAKE } from '../../shared/sessions.ts'
import type { SessionView } from '../../shared/sessions.ts'

export const SESSION = 'demo000001'
export const EPOCH = 'e1'
export const NOW = '2026-11-22T01:30:00.000Z'

export const session: SessionView = {
  id: SESSION,
  kind: 'interview',
  title: '查违拆违在线访谈',
  topic: '',
  introduction: '',
  startsAt: NOW,
  plannedMinutes: 60,
  guests: [],
  settings: DEFAULT_SETTINGS,
  intake: OPEN_INTAKE,
  seal: null,
  announcement: null,
  attendance: { venue: '', seats: 0, applyUntil: null },
  phase: 'live',
  version: 1,
  wentLiveAt: NOW,
  endedAt: null,
  createdAt: NOW,
}

export const question = (number: number, more: Partial<PublicQuestion> = {}): PublicQuestion => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  number,
  text: `问题${number}`,
  name: null,
  state: 'approved',
  votes: 0,
  submittedAt: NOW,
  askedAt: null,
  answeredAt: null,
  edited: false,
  publicAt: NOW,
  timeLimit: null,
  answer: null,
  topicId: null,
  guestId: null,
  pictureId: null,
  channel: 'web',
  forum: null,
  asked: 'during',
  follows: null,
  merged: 0,
  objections: 0,
  setAside: null,
  version: 1,
  ...more,
})
export const own = (number: number, more: Partial<PublicQuestion> = {}): OwnQuestion => ({ ...question(number, more), originalText: `问题${number}`, reasonCode: null, reason: null, mergedInto: null, receipt: 'AAAA-BBBB-CCCC' })
export const onDesk = (number: number, more: Partial<PublicQuestion> = {}): DeskQuestion => ({ ...question(number, more), originalText: `问题${number}`, reasonCode: null, reason: null, mergedInto: null, held: [], notes: [], enteredBy: null, asker: 'p1' })
export const chat = (number: number): ChatMessage => ({ id: `c${number}`, text: `第${number}条`, name: null, author: 'a', speaker: null, at: NOW })

export const snapshot = (more: Partial<SessionSnapshot> = {}): SessionSnapshot => ({ session, stage: { onAir: [], muted: [] }, questions: [], chat: [], own: [], votes: [], polls: [], ownPolls: {}, objections: {}, agenda: EMPTY_AGENDA, floor: EMPTY_FLOOR, hands: [], ownHand: null, ownPlace: 'home', spots: [], desk: null, moderation: null, ...more })
export const joined = (seq: number, more: Partial<SessionSnapshot> = {}): SessionJoined => ({ epoch: EPOCH, seq, now: NOW, watching: 3, snapshot: snapshot(more), events: null })
export const message = (from: number, to: number, ...events: SessionEvents['events']): SessionEvents => ({ sessionId: SESSION, epoch: EPOCH, from, to, events })
