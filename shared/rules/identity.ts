import type { IdentityMethod, IdentityRule } from '../identity.ts'

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
