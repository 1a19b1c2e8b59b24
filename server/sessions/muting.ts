import type { StageMute } from '../../shared/media.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { takesMedia } from '../../shared/rules/sessionLifecycle.ts'
import type { StageView } from '../../shared/stage.ts'
import type { Access } from '../accounts/access.ts'
import type { AccountStore } from '../accounts/store.ts'
import type { CommitToSession } from './commit.ts'
import { createSessionNotes } from './noting.ts'
import { sessionView, stageView } from './rules.ts'
import { hostSeats } from './seats.ts'

export type MutingService = ReturnType<typeof createMutingService>

export function createMutingService(deps: { access: Access; accounts: AccountStore; commit: CommitToSession; secret: string }) {
  const { access, accounts, commit, secret } = deps
  const noteSession = createSessionNotes(secret)
  return {
    /**
     * Takes the sound of a seat away, or gives it back: a guest's, a host's, or that of who has the floor. Goes ahead of what waits for the session; doing so twice changes nothing.
     * A guest who is invited no more, or somebody who has spoken, is muted no longer.
     * @throws RefusedError `forbidden`, `not_found`, `wrong_state` when the session has no stage now
     */
    async mute(personId: string, { sessionId, seatId, muted }: StageMute): Promise<StageView> {
      const actor = await access.require(personId, sessionId, 'stage.mute')
      const hosts = await hostSeats(accounts, sessionId)
      return commit(
        sessionId,
        async (tx) => {
          const { session } = tx
          if (!takesMedia(session.phase)) throw new RefusedError('wrong_state', { current: sessionView(session) })
          if (session.muted.includes(seatId) === muted) return stageView(session)
          const hand = await tx.hands.byId(seatId)
          const speaks = hand?.sessionId === sessionId && hand.state === 'speaking'
          if (!speaks && !hosts.includes(seatId) && !session.guests.some(({ id }) => id === seatId)) throw new RefusedError('not_found')
          const others = session.muted.filter((seat) => seat !== seatId)
          tx.update({ muted: muted ? [...others, seatId] : others })
          noteSession(tx, actor, 'stage.mute', muted ? 'mute' : 'unmute', session.phase)
          tx.emit('public', { type: 'stage', stage: stageView(tx.session) })
          return stageView(tx.session)
        },
        true,
      )
    },
  }
}
