import type { Role } from '../../shared/accounts.ts'
import type { AdminSession, Said, SaidQuery } from '../../shared/administration.ts'
import type { Access } from '../accounts/access.ts'
import type { AdministrationStore } from './store.ts'

export type AdministrationService = ReturnType<typeof createAdministrationService>

export function createAdministrationService(deps: { access: Access; store: AdministrationStore; watching: (sessionId: string) => number; now: () => Date }) {
  const { access, store, watching, now } = deps
  const SAID = { question: store.questions, chat: store.chat, hand: store.hands }
  return {
    /** Every session, newest start first, with how many hold which role in it. @throws RefusedError `forbidden` */
    async sessions(personId: string): Promise<AdminSession[]> {
      await access.require(personId, null, 'sessions.oversee')
      const [sessions, roles] = await Promise.all([store.sessions(), store.roles(now().toISOString())])
      const bySession = Map.groupBy(roles, ({ sessionId }) => sessionId)
      return sessions.map((session) => {
        const own = bySession.get(session.id) ?? []
        const counts: Partial<Record<Role, number>> = {}
        for (const { role } of own) counts[role] = (counts[role] ?? 0) + 1
        return { ...session, watching: watching(session.id), hosts: own.filter(({ role, name }) => role === 'host' && name !== '').map(({ name }) => name), roles: counts }
      })
    },

    /** What was said in a session, to choose what a look-up is about. @throws RefusedError `forbidden` */
    async said(personId: string, sessionId: string, { subject, find }: SaidQuery): Promise<Said[]> {
      await access.require(personId, null, 'identity.look_up')
      return SAID[subject](sessionId, find)
    },
  }
}
