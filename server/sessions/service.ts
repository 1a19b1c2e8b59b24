import type { ChatSettings } from '../../shared/chat.ts'
import type { StageAdmit } from '../../shared/media.ts'
import type { SetIntake } from '../../shared/moderation.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SessionPhase } from '../../shared/protocol/events.ts'
import { takesPolls } from '../../shared/rules/polling.ts'
import { phaseStep, takesMedia } from '../../shared/rules/sessionLifecycle.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import type { CreateSession, EditSession, Notice, Seal, SessionSummary, SessionView } from '../../shared/sessions.ts'
import type { StageView } from '../../shared/stage.ts'
import type { Access } from '../accounts/access.ts'
import { closeAgenda } from '../agenda/service.ts'
import type { AccountStore } from '../accounts/store.ts'
import { auditActor } from '../audit/actor.ts'
import { closeFloor } from '../floor/closing.ts'
import { tellPhaseOutside } from '../notifications/telling.ts'
import { closeOpenPolls } from '../polls/telling.ts'
import type { QuestionLife } from '../questions/life.ts'
import type { CommitToSession, CreateSessionCommit, SessionCommit } from './commit.ts'
import { moveLinks, openGrants, syncGuestGrants } from './grants.ts'
import { createSessionNotes, signing } from './noting.ts'
import { breaksPromise, editDetail, editPatch, hasSymposium, phasePatch, sessionSummary, sessionView, stageView, withChat } from './rules.ts'
import { hostSeats } from './seats.ts'
import type { SessionStore } from './store.ts'

export type SessionService = ReturnType<typeof createSessionService>

export function createSessionService(deps: {
  access: Access
  sessions: SessionStore
  accounts: AccountStore
  commit: CommitToSession
  create: CreateSessionCommit
  life: QuestionLife
  secret: string
}) {
  const { access, sessions, accounts, commit, create, life, secret } = deps

  const noteSession = createSessionNotes(secret)

  /** A question still on air when the session ends was answered as far as it will be. */
  async function finishAsking(tx: SessionCommit, actor: Actor): Promise<void> {
    const asking = await tx.questions.asking(tx.session.id)
    if (asking) await life.take(tx, actor, asking, { action: 'answer', sessionId: asking.sessionId, questionId: asking.id, expectedVersion: asking.version }, new Set())
  }

  /** The ledger's head, of this very commit: nothing may be noted after it. */
  const sealed = ({ now, session }: SessionCommit): Seal => ({ at: now, entries: session.ledgerIndex, head: session.ledgerHead })

  return {
    /** Everybody may see the schedule. */
    async list(): Promise<SessionSummary[]> {
      const [all, answered] = await Promise.all([sessions.all(), sessions.answeredCounts()])
      return all.map((session) => sessionSummary(session, answered.get(session.id) ?? 0))
    },

    /** @throws RefusedError `not_found` */
    async get(id: string): Promise<SessionView> {
      const session = await sessions.byId(id)
      if (!session) throw new RefusedError('not_found')
      return sessionView(session)
    },

    /**
     * A retry with the same id by the same person answers with what the first made.
     * @throws RefusedError `forbidden`, `stale` when the id belongs to another session
     */
    async create(personId: string, input: CreateSession, address = ''): Promise<SessionView> {
      const actor = await access.require(personId, null, 'session.create')
      const who = await auditActor(access, personId, address)
      const created = await create(input, personId, async (tx) => {
        await openGrants(tx, personId)
        await syncGuestGrants(tx)
        noteSession(tx, actor, 'session.create', 'create', null)
        await tx.audit.append({ ...who, action: 'session_create', subject: tx.session.title, sessionId: input.id }, tx.now)
        const view = sessionView(tx.session)
        tx.emit('public', { type: 'session', session: view })
        return view
      })
      // Host by their account, where they have one.
      access.forget(personId)
      if (created) return created
      const existing = await sessions.byId(input.id)
      if (existing?.createdBy !== personId) throw new RefusedError('stale')
      return sessionView(existing)
    },

    /** @throws RefusedError `forbidden`, `not_found`, `stale`, `wrong_state` when it would change a promise that the session is judged by already, or (issue `in_use` of `kind`) the kind of a symposium that has begun */
    async edit(personId: string, id: string, input: EditSession, address = ''): Promise<SessionView> {
      const actor = await access.require(personId, id, 'session.edit')
      const who = await auditActor(access, personId, address)
      const losing: string[] = []
      const edited = await commit(id, async (tx) => {
        if (tx.session.version !== input.expectedVersion) throw new RefusedError('stale', { current: sessionView(tx.session) })
        if (breaksPromise(tx.session, input)) throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
        if (tx.session.kind !== input.kind && hasSymposium(tx.session, await tx.attendance.figures(id))) throw new RefusedError('wrong_state', { current: sessionView(tx.session), issues: [{ path: 'kind', code: 'in_use' }] })
        const before = tx.session
        const { onAir, muted, startsAt, plannedMinutes } = before
        tx.update(editPatch(tx.session, input))
        losing.push(...(await syncGuestGrants(tx)))
        if (tx.session.startsAt !== startsAt || tx.session.plannedMinutes !== plannedMinutes) await moveLinks(tx)
        noteSession(tx, actor, 'session.edit', 'edit', tx.session.phase)
        await tx.audit.append({ ...who, action: 'session_edit', subject: tx.session.title, sessionId: id, detail: editDetail(before, tx.session) }, tx.now)
        const view = sessionView(tx.session)
        tx.emit('public', { type: 'session', session: view })
        if (tx.session.onAir.length !== onAir.length || tx.session.muted.length !== muted.length) tx.emit('public', { type: 'stage', stage: stageView(tx.session) })
        return view
      })
      losing.forEach(access.forget)
      return edited
    },

    /** @throws RefusedError `forbidden`, `not_found`, `stale`, `wrong_state` */
    async phase(personId: string, input: SessionPhase, address = ''): Promise<SessionView> {
      const actor = await access.require(personId, input.sessionId, 'session.phase')
      const who = await auditActor(access, personId, address)
      return commit(input.sessionId, async (tx) => {
        if (tx.session.version !== input.expectedVersion) throw new RefusedError('stale', { current: sessionView(tx.session) })
        const step = phaseStep(tx.session.phase, input.action)
        if (!step) throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
        const hadStage = tx.session.onAir.length > 0
        tx.update(phasePatch(tx.session, step, tx.now))
        if (step.to === 'ended') {
          await finishAsking(tx, actor)
          closeAgenda(tx)
        }
        if (!takesPolls(tx.session, Date.parse(tx.now))) await closeOpenPolls(tx, signing(secret, tx.session.id, actor, 'session.phase'))
        if (!takesMedia(step.to) && step.to !== 'announced') await closeFloor(tx, signing(secret, tx.session.id, actor, 'session.phase'))
        noteSession(tx, actor, 'session.phase', input.action, step.from)
        await tx.audit.append({ ...who, action: 'session_phase', subject: tx.session.title, sessionId: tx.session.id, detail: { action: input.action, from: step.from, to: step.to } }, tx.now)
        if (step.to === 'ended' || step.to === 'archived') tx.update({ seal: sealed(tx) })
        const view = sessionView(tx.session)
        tx.emit('public', { type: 'session', session: view })
        if (hadStage && tx.session.onAir.length === 0) tx.emit('public', { type: 'stage', stage: stageView(tx.session) })
        tellPhaseOutside(tx)
        return view
      })
    },

    /**
     * Brings a seat onto the public stage or takes it off; doing so twice changes nothing.
     * @throws RefusedError `forbidden`, `not_found`, `wrong_state` when the session has no stage now
     */
    async admit(personId: string, input: StageAdmit): Promise<StageView> {
      const actor = await access.require(personId, input.sessionId, 'stage.admit')
      const hosts = await hostSeats(accounts, input.sessionId)
      return commit(input.sessionId, async (tx) => {
        if (!takesMedia(tx.session.phase)) throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
        const seats = [...tx.session.guests.map((guest) => guest.id), ...hosts]
        if (!seats.includes(input.seatId)) throw new RefusedError('not_found')
        const onAir = tx.session.onAir.filter((seat) => seat !== input.seatId)
        if (input.onAir) onAir.push(input.seatId)
        if (tx.session.onAir.includes(input.seatId) === input.onAir) return stageView(tx.session)
        tx.update({ onAir })
        noteSession(tx, actor, 'stage.admit', input.onAir ? 'admit' : 'dismiss', tx.session.phase)
        tx.emit('public', { type: 'stage', stage: stageView(tx.session) })
        return stageView(tx.session)
      })
    },

    /** @throws RefusedError `forbidden`, `not_found`, `wrong_state` while everything is cut off */
    async chatSettings(personId: string, input: ChatSettings): Promise<null> {
      const actor = await access.require(personId, input.sessionId, 'chat.settings')
      const by = await access.signature(actor, input.sessionId)
      return commit(input.sessionId, async (tx) => {
        if (tx.session.intake.cut) throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
        const chat: Notice = { by, reason: input.reason, at: tx.now }
        tx.update({ settings: withChat(tx.session.settings, input), intake: { ...tx.session.intake, chat }, version: tx.session.version + 1 })
        noteSession(tx, actor, 'chat.settings', 'chat_settings', tx.session.phase)
        tx.emit('public', { type: 'session', session: sessionView(tx.session) })
        return null
      })
    },

    /** Pauses or slows questions; everybody sees who did and why. @throws RefusedError `forbidden`, `not_found`, `wrong_state` while everything is cut off */
    async intake(personId: string, { sessionId, paused, slowSeconds, reason }: SetIntake): Promise<null> {
      const actor = await access.require(personId, sessionId, 'session.intake')
      const by = await access.signature(actor, sessionId)
      return commit(sessionId, async (tx) => {
        if (tx.session.intake.cut) throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
        tx.update({ intake: { ...tx.session.intake, paused, slowSeconds, notice: { by, reason, at: tx.now } } })
        noteSession(tx, actor, 'session.intake', 'intake', tx.session.phase, reason)
        tx.emit('public', { type: 'session', session: sessionView(tx.session) })
        return null
      })
    },
  }
}
