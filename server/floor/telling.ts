import type { SessionCommit } from '../sessions/commit.ts'
import type { Signing } from '../sessions/noting.ts'
import { personAudience } from '../questions/rules.ts'
import { stageView } from '../sessions/rules.ts'
import { deskHand, ownHand, publicHand } from './rules.ts'
import type { StoredHand } from './rules.ts'

/** One step of a hand as the ledger keeps it. `from`: its state until then, null for a new one; `reason`: words that everybody may read. */
type Recorded = { action: string; from: StoredHand['state'] | null; by: Signing; reason?: string | null }

/** Shows a hand to all who may know of it. */
export function tellHand(tx: SessionCommit, hand: StoredHand): void {
  tx.emit('public', { type: 'hand', hand: publicHand(hand) })
  tx.emit('desk', { type: 'desk_hand', hand: deskHand(hand) })
  if (hand.personId !== null) tx.emit(personAudience(hand.personId), { type: 'own_hand', hand: ownHand(hand) })
}

/** What every step of every hand passes: the ledger keeps it, without names, and all who may know are told. */
export function recordHand(tx: SessionCommit, hand: StoredHand, { action, from, by, reason = null }: Recorded): void {
  tx.note({ subject: 'hand', number: hand.number, action, from, to: hand.state, ...by, reason, textDigest: null, detail: { place: hand.place } })
  tellHand(tx, hand)
}

/** Whose seats are gone are muted no longer; everybody is told when that changes anything. */
export function unmute(tx: SessionCommit, seats: readonly string[]): void {
  const muted = tx.session.muted.filter((seat) => !seats.includes(seat))
  if (muted.length === tx.session.muted.length) return
  tx.update({ muted })
  tx.emit('public', { type: 'stage', stage: stageView(tx.session) })
}
