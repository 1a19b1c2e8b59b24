import type { AuditEntry } from '../../shared/administration.ts'
import type { Agenda } from '../../shared/agenda.ts'
import type { AttendanceSettings } from '../../shared/attendance.ts'
import type { Floor } from '../../shared/floor.ts'
import type { StageView } from '../../shared/stage.ts'
import type { CutNotice, EditSession, Intake, Notice, SessionSettings, SessionSummary, SessionView, Guest } from '../../shared/sessions.ts'
import { cutTo } from '../../shared/rules/sessionLifecycle.ts'
import type { PhaseStep } from '../../shared/rules/sessionLifecycle.ts'

/** A session as the server keeps it between parsing its row and showing it. */
export type StoredSession = Omit<SessionView, 'attendance'> & {
  onAir: string[]
  /** Seats whose sound is taken away. */
  muted: string[]
  agenda: Agenda
  floor: Floor
  attendance: AttendanceSettings
  handCount: number
  spotCount: number
  createdBy: string
  /** Head of the session's log. */
  seq: number
  questionCount: number
  ledgerIndex: number
  ledgerHead: string
  /** Sensitive words of this session, besides the installation's. */
  words: string[]
  pollCount: number
}

/** Fields that a use case may change. `version` goes up by one with each change that a host could have seen otherwise. */
export type SessionPatch = Partial<Omit<StoredSession, 'id' | 'createdAt' | 'createdBy' | 'seq' | 'ledgerIndex' | 'ledgerHead'>>

/** What everybody may know of a session. */
export function sessionView(stored: StoredSession): SessionView {
  const { id, kind, title, topic, introduction, startsAt, plannedMinutes, guests, settings, phase, version, wentLiveAt, endedAt, createdAt, intake, seal, announcement, attendance } = stored
  const { venue, seats, applyUntil } = attendance
  return { id, kind, title, topic, introduction, startsAt, plannedMinutes, guests, settings, phase, version, wentLiveAt, endedAt, createdAt, intake, seal, announcement, attendance: { venue, seats, applyUntil } }
}

/** The durable part of the stage. */
export const stageView = ({ onAir, muted }: Pick<StoredSession, 'onAir' | 'muted'>): StageView => ({ onAir, muted })

/** A line of the schedule. */
export function sessionSummary(stored: StoredSession, answered: number): SessionSummary {
  const { id, kind, title, topic, startsAt, plannedMinutes, phase, guests, endedAt, settings, attendance, questionCount } = stored
  return { id, kind, title, topic, startsAt, plannedMinutes, phase, guests, endedAt, venue: attendance.venue, askBefore: settings.askBefore, questions: questionCount, answered }
}

/** What changes when a phase step is taken at `now` (ISO 8601). */
export function phasePatch(session: StoredSession, step: PhaseStep, now: string): SessionPatch {
  return {
    phase: step.to,
    version: session.version + 1,
    wentLiveAt: step.to === 'live' ? (session.wentLiveAt ?? now) : session.wentLiveAt,
    endedAt: step.to === 'ended' || step.to === 'cancelled' ? now : session.endedAt,
    onAir: step.to === 'ended' || step.to === 'cancelled' ? [] : session.onAir,
    ...(step.action === 'resume' && session.intake.cut ? uncut(session, session.intake.cut) : {}),
  }
}

/** Everything is cut off at once: see `cutTo` in shared/rules/sessionLifecycle.ts. Null when nothing is left to cut. */
export function cutPatch(session: StoredSession, notice: Notice): SessionPatch | null {
  const phase = cutTo(session.phase)
  if (phase === null || session.intake.cut) return null
  const before = { paused: session.intake.paused, chatEnabled: session.settings.chatEnabled }
  return { phase, version: session.version + 1, onAir: [], intake: { ...session.intake, paused: true, cut: { ...notice, before } }, settings: { ...session.settings, chatEnabled: false } }
}

/** Why everything was cut off, said afterwards. Null when nothing is. */
export function explainPatch({ version, intake }: StoredSession, reason: string): SessionPatch | null {
  return intake.cut && { version: version + 1, intake: { ...intake, cut: { ...intake.cut, reason } } }
}

/** While everything is cut off, what is chosen for the chat holds from when the session goes on. */
const staysCut = (intake: Intake, cut: CutNotice, settings: SessionSettings): SessionPatch => ({
  settings: { ...settings, chatEnabled: false },
  intake: { ...intake, cut: { ...cut, before: { ...cut.before, chatEnabled: settings.chatEnabled } } },
})

const uncut = ({ intake, settings }: StoredSession, { before }: CutNotice): SessionPatch => ({
  intake: { ...intake, paused: before.paused, cut: null },
  settings: { ...settings, chatEnabled: before.chatEnabled },
})

/** What an edit changes; a guest who is no longer invited leaves the stage. */
export function editPatch(session: StoredSession, edit: EditSession): SessionPatch {
  const { kind, title, topic, introduction, startsAt, plannedMinutes, guests, settings } = edit
  const removed = new Set(session.guests.map((guest: Guest) => guest.id).filter((id) => !guests.some((guest) => guest.id === id)))
  const staying = (seats: readonly string[]) => seats.filter((seat) => !removed.has(seat))
  return { kind, title, topic, introduction, startsAt, plannedMinutes, guests, settings, version: session.version + 1, onAir: staying(session.onAir), muted: staying(session.muted), ...(session.intake.cut ? staysCut(session.intake, session.intake.cut, settings) : {}) }
}

/** What of an edit the log of acts keeps: who may take part from now on, and how many guests got a link or lost theirs. */
export function editDetail(before: Pick<StoredSession, 'guests' | 'settings'>, after: Pick<StoredSession, 'guests' | 'settings'>): AuditEntry['detail'] {
  const gained = (from: readonly Guest[], to: readonly Guest[]) => to.filter(({ id }) => !from.some((guest) => guest.id === id)).length
  const [added, removed] = [gained(before.guests, after.guests), gained(after.guests, before.guests)]
  return {
    ...(before.settings.identity === after.settings.identity ? {} : { identity: after.settings.identity }),
    ...(added > 0 ? { added } : {}),
    ...(removed > 0 ? { removed } : {}),
  }
}

/** Whether an edit would change, after the session is over, by what it is judged: the promise on the choice of questions, or the topics that it names. */
export function breaksPromise(session: Pick<StoredSession, 'endedAt' | 'settings'>, { settings: { rule, topics } }: Pick<EditSession, 'settings'>): boolean {
  const promised = session.settings.rule
  if (session.endedAt === null) return false
  if (promised?.top !== rule?.top || promised?.perTopic !== rule?.perTopic || promised?.correctEarly !== rule?.correctEarly) return true
  return (promised?.perTopic ?? 0) > 0 && session.settings.topics.some(({ id }) => !topics.some((topic) => topic.id === id))
}

/** Whether a symposium has what an interview cannot have: parts that were on, raised hands, or people who were invited. Its kind stays then. */
export function hasSymposium({ agenda, handCount }: Pick<StoredSession, 'agenda' | 'handCount'>, attendees: Record<string, number>): boolean {
  return agenda.runs.length > 0 || handCount > 0 || Object.values(attendees).some((count) => count > 0)
}

/** Settings after a moderator changed those of the chat. */
export function withChat(settings: SessionSettings, chat: Pick<SessionSettings, 'chatEnabled' | 'chatSlowSeconds'>): SessionSettings {
  return { ...settings, chatEnabled: chat.chatEnabled, chatSlowSeconds: chat.chatSlowSeconds }
}
