import { randomUUID } from 'node:crypto'
import type { AddTeam, Colleague, TeamMember } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { may } from '../../shared/rules/permissions.ts'
import { auditActor } from '../audit/actor.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import type { Access } from './access.ts'
import type { AccountStore } from './store.ts'

/** Accounts that work on one session. */
export function createTeamService(deps: { access: Access; read: AccountStore; commit: CommitToSession; forget: (personId: string) => void }) {
  const { access, read, commit, forget } = deps

  return {
    /** @throws RefusedError `forbidden` */
    async list(personId: string, sessionId: string): Promise<TeamMember[]> {
      await access.require(personId, sessionId, 'session.team')
      return read.team(sessionId)
    },

    /** Whom one can choose: for whoever works in the administration, or puts a team together anywhere. @throws RefusedError `forbidden` */
    async colleagues(personId: string): Promise<Colleague[]> {
      const roles = (await access.grantsOf(personId)).map(({ role }) => role)
      if (!may({ personId, roles }, 'people.view')) throw new RefusedError('forbidden')
      return read.colleagues()
    },

    /** Somebody who has the role already keeps it. @throws RefusedError `forbidden`, `not_found` */
    async add(personId: string, sessionId: string, { accountId, role }: AddTeam, address: string): Promise<TeamMember[]> {
      await access.require(personId, sessionId, 'session.team')
      const actor = await auditActor(access, personId, address)
      await commit(sessionId, async (tx) => {
        const colleague = await tx.accounts.colleague(accountId)
        if (!colleague) throw new RefusedError('not_found')
        const members = await tx.accounts.team(sessionId)
        if (members.some((member) => member.accountId === accountId && member.role === role)) return
        const id = randomUUID()
        await tx.accounts.insertGrant({ id, sessionId, role, guestId: null, name: colleague.name, accountId }, tx.now)
        await tx.accounts.hold(accountId, id, tx.now)
        await tx.audit.append({ ...actor, action: 'team', subject: colleague.name, sessionId, detail: { what: 'add', role } }, tx.now)
      })
      forget(accountId)
      return read.team(sessionId)
    },

    /** @throws RefusedError `forbidden`, `not_found` */
    async remove(personId: string, sessionId: string, grantId: string, address: string): Promise<TeamMember[]> {
      await access.require(personId, sessionId, 'session.team')
      const actor = await auditActor(access, personId, address)
      const losing = await commit(sessionId, async (tx) => {
        const member = (await tx.accounts.team(sessionId)).find((candidate) => candidate.grantId === grantId)
        if (!member) throw new RefusedError('not_found')
        const people = await tx.accounts.revoke(grantId, tx.now)
        for (const loser of people) await tx.rights.shrank(loser, 'revoked', tx.now)
        await tx.audit.append({ ...actor, action: 'team', subject: member.name, sessionId, detail: { what: 'remove', role: member.role } }, tx.now)
        return people
      })
      for (const loser of losing) forget(loser)
      return read.team(sessionId)
    },
  }
}
export type TeamService = ReturnType<typeof createTeamService>
