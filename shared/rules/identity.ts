import type { IdentityMethod, IdentityRule } from '../identity.ts'
import type { Actor } from './permissions.ts'

/** A mainland mobile number, or any in international notation, without spaces and hyphens; null when it is neither. */
export function phoneOf(typed: string): string | null {
  const phone = typed.replaceAll(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
  return /^(1[3-9]\d{9}|\+[1-9]\d{6,14})$/.test(phone) ? phone : null
}

/** Whether somebody takes part as a resident: whoever was given a role here is known by it, and is asked neither who they are nor to agree. */
export const isResident = ({ roles }: Pick<Actor, 'roles'>): boolean => roles.every((role) => role === 'participant' || role === 'representative')

/** Whether somebody known by `methods` may take part under `rule`. */
export function satisfies(rule: IdentityRule, methods: readonly IdentityMethod[]): boolean {
  switch (rule) {
    case 'anonymous':
      return true
    case 'either':
      return methods.length > 0
    case 'phone':
    case 'oidc':
      return methods.includes(rule)
  }
}
