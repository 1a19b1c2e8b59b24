import type { IdentityRule } from '../../../shared/identity.ts'
import type { SiteView } from '../../../shared/site.ts'

export type IdentityChoice = { rule: IdentityRule; /** The site has not set up what it takes: nobody could take part. */ missing: boolean }

/** In the order shown: the more is asked for, the later. */
const RULES: readonly IdentityRule[] = ['anonymous', 'phone', 'oidc', 'either']

/**
 * What a host can choose from: what the site has set up, and always what is set already.
 * @param site null: not known, so nothing further is offered and nothing is said to be missing
 */
export function identityChoices(site: SiteView['identity'] | null, set: readonly IdentityRule[]): IdentityChoice[] {
  const phone = site?.phone ?? false
  const provider = site !== null && site.providers.length > 0
  const works: Record<IdentityRule, boolean> = { anonymous: true, phone, oidc: provider, either: phone || provider }
  // Where there is one way only, “either” says no more than that way.
  const worthwhile: Record<IdentityRule, boolean> = { ...works, either: phone && provider }
  return RULES.filter((rule) => worthwhile[rule] || set.includes(rule)).map((rule) => ({ rule, missing: site !== null && !works[rule] }))
}
