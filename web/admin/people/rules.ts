import type { PlatformRole } from '../../../shared/accounts.ts'
import type { StaffAct, StaffMember } from '../../../shared/staff.ts'

/** `open`: neither locked nor disabled; `unsafe`: without a second factor. */
export const STANDINGS = ['open', 'locked', 'disabled', 'unsafe'] as const
export type Standing = (typeof STANDINGS)[number]
export type PeopleFilter = { words: string; role: PlatformRole | null; standing: Standing | null }

function stands(person: StaffMember, standing: Standing): boolean {
  switch (standing) {
    case 'open':
      return !person.disabled && person.lockedUntil === null
    case 'locked':
      return person.lockedUntil !== null
    case 'disabled':
      return person.disabled
    case 'unsafe':
      return !person.secondFactor && !person.disabled
  }
}

/** Who fits: every word in name, user name, post or department (`departmentOf` says which). By name, the disabled last. */
export function matching(people: readonly StaffMember[], { words, role, standing }: PeopleFilter, departmentOf: (id: string | null) => string): StaffMember[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return people
    .filter((person) => {
      const said = [person.name, person.username, person.post, departmentOf(person.departmentId)].join('\n').toLowerCase()
      return (role === null || person.role === role) && (standing === null || stands(person, standing)) && wanted.every((word) => said.includes(word))
    })
    .toSorted((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name, 'zh-CN'))
}

/** What can be done about an account as it stands. */
export function actsOn(person: StaffMember): StaffAct[] {
  const acts: StaffAct[] = []
  if (!person.disabled) acts.push('reset')
  if (person.lockedUntil !== null) acts.push('unlock')
  if (person.signIns > 0) acts.push('sign_out')
  if (person.secondFactor) acts.push('remove_second_factor')
  return acts
}
