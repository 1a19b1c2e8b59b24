import type { Cut } from '../../shared/administration.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import { cutFloor } from '../floor/closing.ts'
import { tellPhaseOutside } from '../notifications/telling.ts'
import type { CommitToSession } from './commit.ts'
import { createSessionNotes, signing } from './noting.ts'
import { cutPatch, explainPatch, sessionView, stageView } from './rules.ts'

export type CutService = ReturnType<typeof createCutService>

/** The instant cut-off. It has no limit and asks for no version: whoever presses it must not be told to try again. */
export function createCutService(deps: { access: Access; commit: CommitToSession; secret: string }) {
  const { access, commit, secret } = deps
  const noteSession = createSessionNotes(secret)
  return {
    /**
     * Picture, sound, questions, chat and whoever speaks from the floor stop at once, ahead of everything that waits for this session, until it is resumed. Doing so twice changes nothing,
     * but that a reason given afterwards takes the place of the one before: nobody has words ready at that moment.
     * @throws RefusedError `forbidden`, `not_found`, `wrong_state` when it is not on air
     */
    async cut(personId: string, { sessionId, reason }: Cut, address: string): Promise<null> {
      const actor = await access.require(personId, sessionId, 'session.cut')
      const [by, who] = await Promise.all([access.signature(actor, sessionId), auditActor(access, personId, address)])
      return commit(
        sessionId,
        async (tx) => {
          const { phase: from, onAir } = tx.session
          const words = maskNumbers(reason)
          const { cut } = tx.session.intake
          if (cut && (words === '' || words === cut.reason)) return null
          const patch = cut ? explainPatch(tx.session, words) : cutPatch(tx.session, { by, reason: words, at: tx.now })
          if (!patch) throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
          tx.update(patch)
          noteSession(tx, actor, 'session.cut', 'cut', from, reason)
          if (!cut) await cutFloor(tx, signing(secret, sessionId, actor, 'session.cut'))
          await tx.audit.append({ ...who, action: 'session_cut', subject: tx.session.title, sessionId, detail: { reason: words, from } }, tx.now)
          tx.emit('public', { type: 'session', session: sessionView(tx.session) })
          if (!cut && onAir.length > 0) tx.emit('public', { type: 'stage', stage: stageView(tx.session) })
          if (from !== tx.session.phase) tellPhaseOutside(tx)
          return null
        },
        true,
      )
    },
  }
}
