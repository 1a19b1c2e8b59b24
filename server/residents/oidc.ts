import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Identity } from '../accounts/identity.ts'
import type { Place } from '../accounts/signIns.ts'
import type { Vault } from '../accounts/vault.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { network } from '../votes/rules.ts'
import type { Bind, BindingStores, Bound } from './binding.ts'
import type { Consents } from './consents.ts'
import { SignInCancelledError } from './provider.ts'
import type { Checks, Provider, Providers } from './provider.ts'

const PURPOSE = 'oidc'
/** Milliseconds that somebody may take at the provider. */
export const UNDER_WAY_MS = 600_000

/** What a browser keeps, sealed, while it is at the provider. */
type UnderWay = Checks & { provider: string; back: string; until: number }

/** Where to go on. `refused`: why it did not work; `cancelled` when somebody did not want to. */
export type Returned = { back: string; bound: Bound | null; refused: string | null }

export function createOidcService(deps: {
  consents: Consents
  /** By id, as set up now. */
  provider: (id: string) => Promise<Provider | null>
  providers: Providers
  publicUrl: string
  transact: <T>(work: (stores: BindingStores) => Promise<T>) => Promise<T>
  bind: Bind
  vault: Vault
  limits: { person: RateLimiter; address: RateLimiter }
  forget: (personId: string) => void
  now: () => Date
}) {
  const { consents, provider: find, providers, publicUrl, transact, bind, vault, limits, forget, now } = deps

  /** @throws RefusedError `not_found` */
  async function existing(id: string): Promise<Provider> {
    const provider = await find(id)
    if (!provider) throw new RefusedError('not_found')
    return provider
  }

  function underWay(sealed: string | null): UnderWay | null {
    const opened = sealed === null ? null : vault.open(PURPOSE, sealed)
    return opened === null ? null : (JSON.parse(opened) as UnderWay)
  }

  async function finish(asker: Identity, place: Place, kept: UnderWay | null, id: string, search: string): Promise<Bound> {
    const at = now()
    // Another browser's answer, one that was used, or one that somebody slipped to this browser.
    const fits = kept !== null && kept.provider === id && kept.until > at.getTime() && new URLSearchParams(search).get('state') === kept.state
    if (!fits) throw new RefusedError('code_invalid')
    await consents.require(asker.personId)
    await limits.address.take(network(place.address))
    const provider = await existing(id)
    const known = await providers.finish(provider, new URL(`/api/me/oidc/${id}/callback${search}`, publicUrl), kept)
    const bound = await transact((stores) => bind(stores, { asker, place, provider: id, known }, at.toISOString()))
    forget(asker.personId)
    forget(bound.personId)
    return bound
  }

  return {
    /**
     * Where to send a browser, and what it keeps until it is back, sealed.
     * @param back path of this site
     * @throws RefusedError `consent_required`, `not_found`, `rate_limited`, `gateway_failed`
     */
    async begin({ personId }: Identity, { address }: Place, id: string, back: string): Promise<{ url: string; kept: string }> {
      await consents.require(personId)
      await Promise.all([limits.person.take(personId), limits.address.take(network(address))])
      const { url, checks } = await providers.begin(await existing(id), `${publicUrl}/api/me/oidc/${id}/callback`)
      const kept: UnderWay = { ...checks, provider: id, back, until: now().getTime() + UNDER_WAY_MS }
      return { url, kept: vault.seal(PURPOSE, JSON.stringify(kept)) }
    },

    /**
     * Somebody is back from the provider. What is refused is told, and never thrown.
     * @param kept what {@link begin} gave this browser, which must not keep it any longer
     * @param search the address's part from `?`
     * @param failed told of what went wrong here
     */
    async finish(asker: Identity, place: Place, sealed: string | null, id: string, search: string, failed: (error: unknown) => void): Promise<Returned> {
      const kept = underWay(sealed)
      const back = kept?.back ?? '/me'
      try {
        return { back, bound: await finish(asker, place, kept, id, search), refused: null }
      } catch (error) {
        if (error instanceof SignInCancelledError) return { back, bound: null, refused: 'cancelled' }
        if (error instanceof RefusedError) return { back, bound: null, refused: error.refusal.code }
        failed(error)
        return { back, bound: null, refused: 'internal' }
      }
    },
  }
}
