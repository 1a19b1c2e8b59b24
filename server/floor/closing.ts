import { isRaised } from '../../shared/rules/handLifecycle.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import type { Signing } from '../sessions/noting.ts'
import type { StoredHand } from './rules.ts'
import { recordHand, unmute } from './telling.ts'

/** Takes the floor back from whoever has it. */
async function finish(tx: SessionCommit, hand: StoredHand, by: Signing): Promise<void> {
  const next: StoredHand = { ...hand, state: 'spoke', endedAt: tx.now, version: hand.version + 1 }
  await tx.hands.update(next)
  recordHand(tx, next, { action: 'finish', from: hand.state, by })
}

/** Everything is cut off: whoever has the floor loses it in this very commit. Who waits goes on waiting. */
export async function cutFloor(tx: SessionCommit, by: Signing): Promise<void> {
  if (tx.session.handCount === 0) return
  const speaking = (await tx.hands.inSession(tx.session.id)).filter(({ state }) => state === 'speaking')
  for (const hand of speaking) await finish(tx, hand, by)
  unmute(tx, speaking.map(({ id }) => id))
}

/** The session is over: whoever has the floor has spoken, whoever waits will not, nobody is muted any more, and the floor is closed. */
export async function closeFloor(tx: SessionCommit, by: Signing): Promise<void> {
  const raised = tx.session.handCount === 0 ? [] : (await tx.hands.inSession(tx.session.id)).filter(({ state }) => isRaised(state))
  for (const hand of raised) {
    if (hand.state === 'speaking') {
      await finish(tx, hand, by)
      continue
    }
    const next: StoredHand = { ...hand, state: 'lowered', version: hand.version + 1 }
    await tx.hands.update(next)
    tx.forget(`hand:${hand.id}`)
    recordHand(tx, next, { action: 'dismiss', from: hand.state, by })
  }
  unmute(tx, tx.session.muted)
  if (!tx.session.floor.open) return
  tx.update({ floor: { ...tx.session.floor, open: false, version: tx.session.floor.version + 1 } })
  tx.emit('public', { type: 'floor', floor: tx.session.floor })
}
