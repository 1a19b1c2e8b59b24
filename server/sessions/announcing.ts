import type { SetAnnouncement } from '../../shared/attendance.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SessionView } from '../../shared/sessions.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { CommitToSession } from './commit.ts'
import { createSessionNotes } from './noting.ts'
import { sessionView } from './rules.ts'

export type AnnouncementService = ReturnType<typeof createAnnouncementService>

/** The pinned notice of a session. */
export function createAnnouncementService(deps: { access: Access; commit: CommitToSession; secret: string }) {
  const { access, commit, secret } = deps
  const noteSession = createSessionNotes(secret)
  return {
    /**
     * Puts `text` above everything, in place of what stood there; empty takes it away. Its numbers are not masked: a notice says which office to call.
     * Saying again what stands there changes nothing.
     * @throws RefusedError `forbidden`, `not_found`, `stale` with the session as it stands in `current`
     */
    async announce(personId: string, sessionId: string, { expectedVersion, text }: SetAnnouncement, address: string): Promise<SessionView> {
      const actor = await access.require(personId, sessionId, 'session.edit')
      const [by, who] = await Promise.all([access.signature(actor, sessionId), auditActor(access, personId, address)])
      return commit(sessionId, async (tx) => {
        const { announcement, version, phase, title } = tx.session
        if ((announcement?.text ?? '') === text) return sessionView(tx.session)
        if (version !== expectedVersion) throw new RefusedError('stale', { current: sessionView(tx.session) })
        tx.update({ announcement: text === '' ? null : { text, at: tx.now, by }, version: version + 1 })
        noteSession(tx, actor, 'session.edit', text === '' ? 'unannounce' : 'announce', phase)
        await tx.audit.append({ ...who, action: 'session_edit', subject: title, sessionId, detail: { changed: 'announcement' } }, tx.now)
        const session = sessionView(tx.session)
        tx.emit('public', { type: 'session', session })
        return session
      })
    },
  }
}
