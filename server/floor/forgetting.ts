import { isRaised } from '../../shared/rules/handLifecycle.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import type { Alias } from '../questions/forgetting.ts'
import { ledgerName } from '../questions/rules.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { unnamedHand } from './rules.ts'
import type { StoredHand } from './rules.ts'
import { recordHand, tellHand, unmute } from './telling.ts'

/** Takes one person out of the hands that they raised, or had raised for them. Whoever still stands in the queue or has the floor leaves it; who spoke, spoke, and nobody is told who. */
export async function eraseHands(tx: SessionCommit, secret: string, actor: Actor, alias: Alias, attendeeIds: readonly string[]): Promise<void> {
  for (const hand of await tx.hands.ofPerson(tx.session.id, alias.personId, attendeeIds)) {
    const state = hand.state === 'speaking' ? 'spoke' : isRaised(hand.state) ? 'lowered' : hand.state
    const next: StoredHand = { ...unnamedHand({ ...hand, state }, alias), givenName: null, endedAt: hand.state === 'speaking' ? tx.now : hand.endedAt, version: hand.version + 1 }
    await tx.hands.rewrite(next)
    tx.forget(`hand:${hand.id}`)
    // The ledger's pseudonym is the one under which they raised it.
    const by = { role: 'participant', actor: ledgerName(secret, tx.session.id, actor.personId, { role: 'participant', number: `hand:${hand.number}` }) }
    if (state !== hand.state) recordHand(tx, next, { action: state === 'spoke' ? 'finish' : 'lower', from: hand.state, by })
    else if (state !== 'lowered') tellHand(tx, next)
    if (hand.state === 'speaking') unmute(tx, [hand.id])
  }
}
