import type { Me, Role } from '../../shared/accounts.ts'

/** From the one that says most about somebody to the one that says least. */
const WEIGHT: readonly Role[] = ['admin', 'supervisor', 'host', 'moderator', 'director', 'recorder', 'helper', 'guest', 'representative', 'officer', 'staff']

/** Whether this browser is somebody in particular: a link that others have taken over leaves nothing. */
export const isSomebody = (me: Me | null): boolean => me !== null && me.signedIn !== null && (me.signedIn !== 'link' || me.grants.length > 0)

/** Name and role by which somebody is called at the head of a page: of the account, or of the link that they came by. */
export function whoOf(me: Me | null): { name: string; role: Role | null } {
  if (!me || me.signedIn === null) return { name: '', role: null }
  if (me.account) return { name: me.account.name, role: me.account.role }
  const [grant] = me.grants.filter(({ role }) => WEIGHT.includes(role)).toSorted((a, b) => WEIGHT.indexOf(a.role) - WEIGHT.indexOf(b.role))
  return grant ? { name: grant.name || (me.grants.find(({ name }) => name !== '')?.name ?? ''), role: grant.role } : { name: '', role: null }
}
