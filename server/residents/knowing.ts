import type { Me } from '../../shared/accounts.ts'
import type { SiteSettings } from '../../shared/site.ts'
import type { Vault } from '../accounts/vault.ts'
import { openKnown } from './binding.ts'
import type { Consents } from './consents.ts'
import { phoneHint } from './rules.ts'
import type { ResidentStore } from './store.ts'

/** What a person is told of how they are known: a hint that its owner recognises, and the notice that they agreed to. */
export const createKnowing =
  (deps: { read: Pick<ResidentStore, 'ofPerson'>; identity: () => Promise<SiteSettings['identity']>; consents: Pick<Consents, 'of'>; vault: Vault }) =>
  async (personId: string): Promise<Pick<Me, 'verified' | 'consented'>> => {
    const { read, identity, consents, vault } = deps
    const [rows, consented] = await Promise.all([read.ofPerson(personId), consents.of(personId)])
    if (rows.length === 0) return { verified: [], consented }
    const { providers } = await identity()
    const verified = rows.map(({ method, provider, sealed, at }) => {
      const known = openKnown(vault, sealed)
      const hint = known?.method === 'phone' ? phoneHint(known.phone) : (providers.find(({ id }) => id === provider)?.name ?? provider)
      return { method, hint, at }
    })
    return { verified, consented }
  }
