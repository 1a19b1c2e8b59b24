import { timingSafeEqual } from 'node:crypto'
import type { DeskHand, EnterHall, Floor, HandAct, HandAction, OwnHand, Place, RaiseFor, RaiseHand, SetFloor } from '../../shared/floor.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { HAND_STEPS, isRaised } from '../../shared/rules/handLifecycle.ts'
import type { HandHolder } from '../../shared/rules/handLifecycle.ts'
import { may } from '../../shared/rules/permissions.ts'
import type { Actor, Permission } from '../../shared/rules/permissions.ts'
import { takesMedia } from '../../shared/rules/sessionLifecycle.ts'
import type { Access } from '../accounts/access.ts'
import { personAudience } from '../questions/rules.ts'
import type { GuessLimiter, RateLimiter } from '../realtime/limiter.ts'
import type { NoteActivity } from '../residents/activity.ts'
import type { Consents } from '../residents/consents.ts'
import { requireConsent, requireKnown } from '../residents/known.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { createSessionNotes } from '../sessions/noting.ts'
import { sessionView } from '../sessions/rules.ts'
import { asListed, checkOwnQuestion, requireSymposium, speakerOf } from './facts.ts'
import type { HandLife } from './life.ts'
import { deskHand, ownHand, speakerKey } from './rules.ts'
import { recordHand } from './telling.ts'

/** What each kind of holder needs to be allowed. */
const PERMISSION: Record<HandHolder, Permission> = { self: 'floor.raise', call: 'floor.call', arrange: 'floor.arrange' }

/** Who may take a step of this kind, from wherever. */
const holders = (action: HandAction): readonly HandHolder[] => HAND_STEPS.find((step) => step.action === action)?.by ?? []

const sameCode = (said: string, code: string) => said.length === code.length && timingSafeEqual(Buffer.from(said), Buffer.from(code))

export type FloorService = ReturnType<typeof createFloorService>

/** The floor: who may speak, in which order, from where. */
export function createFloorService(deps: {
  access: Access
  commit: CommitToSession
  life: HandLife
  consents: Pick<Consents, 'require'>
  noteActivity: NoteActivity
  secret: string
  /** `steps`: what one person does with their own hand, each of which stands in the ledger for ever. `codes`: wrong codes of the hall. */
  limits: { person: RateLimiter; address: RateLimiter; steps: RateLimiter; codes: { person: GuessLimiter; address: GuessLimiter } }
}) {
  const { access, commit, life, consents, noteActivity, secret, limits } = deps
  const noteSession = createSessionNotes(secret)

  /**
   * A hand is raised by who is ready to speak now: while the session runs, a pause included (for what comes after it), and the floor is open. What is to be said later is a question.
   * @throws RefusedError `wrong_state` for an interview, `closed`
   */
  function requireOpen(tx: SessionCommit): void {
    requireSymposium(tx)
    const { phase, floor, intake } = tx.session
    if (!floor.open || (phase !== 'live' && phase !== 'paused') || intake.cut) throw new RefusedError('closed', { current: sessionView(tx.session) })
  }

  /** By which permission this person takes the step; `self` only on their own hand. @throws RefusedError `forbidden` */
  function permitted(actor: Actor, action: HandAction, isOwn: boolean): Permission {
    const holder = holders(action).find((candidate) => (candidate === 'self' ? isOwn : true) && may(actor, PERMISSION[candidate]))
    if (!holder) throw new RefusedError('forbidden')
    return PERMISSION[holder]
  }

  return {
    /**
     * Opens and closes the floor, sets time and tables. Whoever waits goes on waiting while it is closed, and may be called.
     * @throws RefusedError `forbidden`, `not_found`, `stale` with the floor as it stands, `wrong_state` for an interview, after the end, and when somebody is raised at a table that would go
     */
    async set(personId: string, { sessionId, expectedVersion, open, seconds, tables }: SetFloor): Promise<Floor> {
      const actor = await access.require(personId, sessionId, 'floor.call')
      return commit(sessionId, async (tx) => {
        requireSymposium(tx)
        const { floor, phase } = tx.session
        if (floor.version !== expectedVersion) throw new RefusedError('stale', { current: floor })
        if (phase === 'ended' || phase === 'archived' || phase === 'cancelled') throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
        const kept = new Set(tables.map(({ id }) => id))
        const raised = (await tx.hands.inSession(sessionId)).filter(({ state }) => isRaised(state))
        if (raised.some(({ tableId }) => tableId !== null && !kept.has(tableId))) throw new RefusedError('wrong_state', { current: floor })
        const next: Floor = { version: floor.version + 1, open, seconds, tables }
        tx.update({ floor: next })
        noteSession(tx, actor, 'floor.call', open === floor.open ? 'floor' : open ? 'floor_open' : 'floor_close', phase)
        tx.emit('public', { type: 'floor', floor: next })
        return next
      })
    },

    /**
     * Raises this person's own hand: one at a time. A retry with the same id by the same person answers with what the first made. From where, for which forum and at which table is known
     * here and not believed.
     * @throws RefusedError `forbidden`, `rate_limited`, `wrong_state` for an interview, `closed`, `taken` with the hand that is raised already, `not_found` for a topic, table or question
     * that is not there, `consent_required`, `identity_required`
     */
    async raise(personId: string, address: string, input: RaiseHand, device = ''): Promise<OwnHand> {
      const actor = await access.require(personId, input.sessionId, 'floor.raise')
      await requireConsent(consents, actor)
      await Promise.all([limits.person.take(personId), limits.address.take(address)])
      return commit(input.sessionId, async (tx) => {
        const existing = await tx.hands.byId(input.id)
        if (existing) {
          if (existing.personId !== personId || existing.sessionId !== input.sessionId) throw new RefusedError('forbidden')
          return ownHand(existing)
        }
        requireOpen(tx)
        await requireKnown(tx, actor)
        await checkOwnQuestion(tx, personId, input.questionId)
        const speaker = await speakerOf(tx, personId)
        const { id, name, questionId, topicId, about } = input
        const place = await tx.hands.placeOf(tx.session.id, personId)
        await noteActivity(tx, { subject: 'hand', subjectId: id, personId }, { address, device })
        return ownHand(await life.receive(tx, actor, 'floor.raise', { ...speaker, id, name, questionId, topicId, about, place, tableId: input.tableId ?? speaker.tableId, enteredBy: null }))
      })
    },

    /**
     * Raises the hand of somebody in the hall who has no phone at hand. Also while the floor is closed to everybody: the host decides whom to call. A retry with the same id answers with
     * what the first made. Who is on the list, and known by a device, is told there.
     * @throws RefusedError `forbidden`, `not_found`, `wrong_state` for an interview, `closed` when the session does not run, `taken`, `rate_limited` when the queue is full
     */
    async raiseFor(personId: string, input: RaiseFor): Promise<DeskHand> {
      const actor = await access.require(personId, input.sessionId, 'floor.raise_for')
      const enteredBy = await access.signature(actor, input.sessionId)
      return commit(input.sessionId, async (tx) => {
        const existing = await tx.hands.byId(input.id)
        if (existing) {
          if (existing.enteredBy === null || existing.sessionId !== input.sessionId) throw new RefusedError('forbidden')
          return deskHand(existing)
        }
        requireSymposium(tx)
        if (!takesMedia(tx.session.phase)) throw new RefusedError('closed', { current: sessionView(tx.session) })
        const { id, topicId, about } = input
        const draft = { id, topicId, about, place: 'hall', questionId: null, enteredBy } as const
        if (input.attendeeId === null) {
          const { name, seat, tableId } = input
          const speaker = speakerKey({ name, seat })
          return deskHand(await life.receive(tx, actor, 'floor.raise_for', { ...draft, name, seat, tableId, speaker, personId: null, attendeeId: null, forum: null }))
        }
        const listed = await tx.hands.listed(tx.session.id, input.attendeeId)
        if (!listed) throw new RefusedError('not_found')
        // With several devices nobody knows which of them is at hand.
        const [device = null, another] = listed.personIds
        const speaker = asListed(tx, listed, another === undefined ? device : null)
        const { name } = listed
        return deskHand(await life.receive(tx, actor, 'floor.raise_for', { ...speaker, ...draft, name, seat: input.seat || speaker.seat, tableId: input.tableId ?? speaker.tableId }))
      })
    },

    /**
     * @returns the hand's version afterwards
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `stale` and `wrong_state` with the hand as it stands in `current`, `invalid_input` (`out_of_turn`) when somebody is called
     * before their turn without a reason
     */
    async act(personId: string, act: HandAct): Promise<number> {
      const actor = await access.actor(personId, act.sessionId)
      // Before the hand is looked at: whoever may not do it to any hand is not told which there are.
      permitted(actor, act.action, true)
      if (holders(act.action).includes('self') && !may(actor, 'floor.call')) await limits.steps.take(personId)
      const step = async (tx: SessionCommit) => {
        const hand = await tx.hands.byId(act.handId)
        if (hand?.sessionId !== act.sessionId) throw new RefusedError('not_found')
        const permission = permitted(actor, act.action, hand.personId === personId)
        if (hand.version !== act.expectedVersion) throw new RefusedError('stale', { current: life.shown(hand, actor) })
        return (await life.take(tx, actor, permission, hand, act)).version
      }
      // Whoever is to be seen no longer must not be seen until a rush is over.
      return commit(act.sessionId, step, act.action === 'finish')
    },

    /**
     * Somebody says that they are in the hall, by the code on its screen; a hand of theirs that waits moves there. Doing so twice changes nothing.
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `wrong_state` for an interview, `closed` after the end, `code_invalid`
     */
    async enterHall(personId: string, address: string, { sessionId, code }: EnterHall): Promise<Place> {
      const actor = await access.require(personId, sessionId, 'floor.raise')
      const check = () => Promise.all([limits.codes.person.check(personId), limits.codes.address.check(address)])
      await check()
      await commit(sessionId, async (tx) => {
        requireSymposium(tx)
        if (tx.session.endedAt !== null) throw new RefusedError('closed', { current: sessionView(tx.session) })
        // Once more in its turn: of many that come at once, each is judged after those that were wrong before it.
        await check()
        if (!sameCode(code, tx.session.attendance.hallCode)) {
          await Promise.all([limits.codes.person.miss(personId), limits.codes.address.miss(address)])
          throw new RefusedError('code_invalid')
        }
        if ((await tx.hands.placeOf(sessionId, personId)) === 'hall') return
        await tx.hands.enterHall(sessionId, personId, tx.now)
        tx.emit(personAudience(personId), { type: 'own_place', place: 'hall' })
        const hand = await tx.hands.lastOf(sessionId, personId)
        if (hand?.state !== 'waiting' || hand.place === 'hall') return
        const moved = { ...hand, place: 'hall' as const, version: hand.version + 1 }
        await tx.hands.update(moved)
        recordHand(tx, moved, { action: 'arrange', from: hand.state, by: life.signer(tx, actor, 'floor.raise', hand.number) })
      })
      return 'hall'
    },
  }
}
