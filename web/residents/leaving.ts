/** Reasons for which a sign-in with a provider did not work, as they stand in the address of whoever comes back (`?refused=…`). */
const RETURNED = ['cancelled', 'code_invalid', 'gateway_failed', 'taken', 'consent_required', 'rate_limited', 'not_found', 'invalid_input', 'internal'] as const
export type Returned = (typeof RETURNED)[number]

/** What the address of this page says. `code`: a value of the query, one or several of it. */
export const returnedOf = (code: unknown): Returned | null => RETURNED.find((known) => known === [code].flat()[0]) ?? null

/** Where a browser begins to sign in with a provider. It comes back to `back`, a path of this site; no provider's answer of before stays in it. */
export function providerPath(provider: string, back: string): string {
  const url = new URL(back, 'http://here.invalid')
  url.searchParams.delete('refused')
  return `/api/me/oidc/${provider}?back=${encodeURIComponent(`${url.pathname}${url.search}${url.hash}`)}`
}

/** As a mainland number is read out: 138 0000 0000. */
export const spacedPhone = (phone: string): string => phone.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3')
