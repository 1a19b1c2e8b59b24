import type { HandAct, RaiseFor, RaiseHand } from '../../shared/floor.ts'
import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { isItsTurn } from '../../shared/rules/floor.ts'
import { handStep, maySpeak } from '../../shared/rules/handLifecycle.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import { actingRole, may } from '../../shared/rules/permissions.ts'
import type { Actor, Permission } from '../../shared/rules/permissions.ts'
import type { Screening } from '../moderation/screening.ts'
import { checkTopic } from '../questions/facts.ts'
import { ledgerName, pseudonym } from '../questions/rules.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import type { Signing } from '../sessions/noting.ts'
import { checkSeatId, checkTable, requireRunning } from './facts.ts'
import type { Speaker } from './facts.ts'
import { applyHandStep, deskHand, ownHand, publicHand, silences } from './rules.ts'
import type { StoredHand } from './rules.ts'
import { recordHand, unmute } from './telling.ts'

/** Milliseconds after which somebody who found the queue full may try again. */
const RETRY_AFTER = 60_000

/** What a new hand brings along. */
export type HandDraft = Speaker & Pick<StoredHand, 'id' | 'place' | 'questionId' | 'enteredBy'> & { name: string | null } & Pick<RaiseHand | RaiseFor, 'topicId' | 'about'>

export type HandLife = ReturnType<typeof createHandLife>

/** Steps in the lives of hands, within a commit that somebody else authorised and opened. */
export function createHandLife(deps: { secret: string; screening: Screening }) {
  const { secret, screening } = deps

  /** As the ledger names who takes a step. A resident has another name for each hand, and none of those on their questions. */
  function signer(tx: SessionCommit, actor: Actor, permission: Permission, number: number): Signing {
    const role = actingRole(actor, permission)
    return { role, actor: ledgerName(secret, tx.session.id, actor.personId, { role, number: `hand:${number}` }) }
  }

  /** What a person may be shown of a hand whose step was refused. */
  function shown(hand: StoredHand, actor: Actor): unknown {
    if (may(actor, 'desk.view')) return deskHand(hand)
    if (hand.personId === actor.personId) return ownHand(hand)
    return hand.state === 'lowered' ? null : publicHand(hand)
  }

  /**
   * Takes in a new hand.
   * @throws RefusedError `taken` with the hand that the same person has raised already, `rate_limited` when the queue is full, `not_found` for a topic or table that is not there
   */
  async function receive(tx: SessionCommit, actor: Actor, permission: Permission, draft: HandDraft): Promise<StoredHand> {
    const { name, about, ...rest } = draft
    checkTopic(tx, draft.topicId)
    checkTable(tx, draft.tableId)
    await checkSeatId(tx, draft.id)
    const raised = await tx.hands.raisedBy(tx.session.id, draft)
    if (raised) throw new RefusedError('taken', { current: shown(raised, actor) })
    if ((await tx.hands.raisedCount(tx.session.id)) >= LIMITS.handsWaiting) throw new RefusedError('rate_limited', { retryAfterMs: RETRY_AFTER })
    const asker = pseudonym(secret, tx.session.id, draft.personId ?? draft.speaker)
    const number = tx.session.handCount + 1
    const hand: StoredHand = {
      ...rest,
      sessionId: tx.session.id,
      number,
      asker,
      givenName: name === null ? null : maskNumbers(name),
      givenAbout: maskNumbers(about),
      held: await screening(tx, asker, [name ?? '', about]),
      state: 'waiting',
      turns: await tx.hands.turnsOf(tx.session.id, draft),
      raisedAt: tx.now,
      calledAt: null,
      startedAt: null,
      endedAt: null,
      seconds: tx.session.floor.seconds,
      camera: false,
      outOfTurn: null,
      reason: null,
      version: 1,
    }
    await tx.hands.insert(hand)
    tx.update({ handCount: number })
    recordHand(tx, hand, { action: 'raise', from: null, by: signer(tx, actor, permission, number) })
    return hand
  }

  /** Why a hand is called before its turn, null when it is its turn. One that was called already keeps what was said then. @throws RefusedError `invalid_input` when words are missing */
  async function outOfTurn(tx: SessionCommit, hand: StoredHand, reason: string): Promise<string | null> {
    if (hand.calledAt !== null) return hand.outOfTurn
    if (isItsTurn(await tx.hands.inSession(tx.session.id), hand)) return null
    const words = maskNumbers(reason)
    if (words === '') throw new RefusedError('invalid_input', { issues: [{ path: 'reason', code: 'out_of_turn' }] })
    return words
  }

  /** @throws RefusedError `wrong_state` when there is no microphone where they are, or enough people speak already */
  async function checkSpeaking(tx: SessionCommit, actor: Actor, hand: StoredHand): Promise<void> {
    const speaking = (await tx.hands.inSession(tx.session.id)).filter(({ state }) => state === 'speaking')
    if (!maySpeak(hand) || speaking.length >= LIMITS.speakersAtOnce) throw new RefusedError('wrong_state', { current: shown(hand, actor) })
  }

  /** Looks up and checks what `act` names, before anything is written. @returns why the hand is called before its turn */
  async function check(tx: SessionCommit, actor: Actor, hand: StoredHand, act: HandAct): Promise<string | null> {
    switch (act.action) {
      case 'invite':
        requireRunning(tx)
        return outOfTurn(tx, hand, act.reason)
      case 'start':
        requireRunning(tx)
        await checkSpeaking(tx, actor, hand)
        return outOfTurn(tx, hand, act.reason)
      case 'accept':
      case 'ready':
        requireRunning(tx)
        return null
      case 'arrange':
        if (act.topicId !== hand.topicId) checkTopic(tx, act.topicId)
        if (act.tableId !== hand.tableId) checkTable(tx, act.tableId)
        return null
      case 'time':
      case 'finish':
      case 'recall':
      case 'lower':
      case 'dismiss':
        return null
    }
  }

  /** What the ledger keeps of why: words that everybody may read. */
  const reasonOf = (act: HandAct, next: StoredHand): string | null => (act.action === 'dismiss' ? next.reason : act.action === 'invite' || act.action === 'start' ? next.outOfTurn : null)

  /**
   * Takes `act` on `hand`, whatever its version. Nothing is written when it is refused.
   * @param permission what the actor does it by
   * @throws RefusedError `wrong_state`, `not_found`, `invalid_input`
   */
  async function take(tx: SessionCommit, actor: Actor, permission: Permission, hand: StoredHand, act: HandAct): Promise<StoredHand> {
    const step = handStep(hand.state, act.action)
    if (!step) throw new RefusedError('wrong_state', { current: shown(hand, actor) })
    const next = applyHandStep(hand, step, act, { now: tx.now, outOfTurn: await check(tx, actor, hand, act) })
    await tx.hands.update(next)
    if (silences(act.action)) tx.forget(`hand:${hand.id}`)
    recordHand(tx, next, { action: act.action, from: hand.state, by: signer(tx, actor, permission, hand.number), reason: reasonOf(act, next) })
    if (act.action === 'finish') unmute(tx, [hand.id])
    return next
  }

  return { receive, take, shown, signer }
}
