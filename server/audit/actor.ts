import type { Access } from '../accounts/access.ts'
import type { AuditActor } from './rules.ts'

/** Who acts, as the log of acts names them: the name that their role came with, or the role where it has none. */
export async function auditActor(access: Pick<Access, 'grantsOf'>, personId: string, address: string): Promise<AuditActor> {
  const grants = await access.grantsOf(personId)
  const speaking = grants.find(({ accountId }) => accountId !== null) ?? grants.find(({ name }) => name !== '') ?? grants[0]
  return { actor: speaking?.name || speaking?.role || '', actorId: personId, address }
}
