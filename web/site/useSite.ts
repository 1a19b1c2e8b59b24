import { inject, shallowReadonly, shallowRef } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'
import type { SiteView } from '../../shared/site.ts'

const STORAGE_KEY = 'fangtan.site'

export type SiteStore = {
  /** null: not known yet. At a further visit, what it was at the last one until the server has answered. */
  site: Readonly<ShallowRef<SiteView | null>>
  /** Asks anew, after something of it was changed or the network is back. Never rejects: what was known stays. */
  refresh: () => Promise<void>
}

function remembered(storage: Storage | null): SiteView | null {
  try {
    return JSON.parse(storage?.getItem(STORAGE_KEY) ?? 'null') as SiteView | null
  } catch {
    return null
  }
}

/** The name, emblem and rules of this site. `fetchSite` is GET /api/site; nothing waits for it. */
export function createSite(fetchSite: () => Promise<SiteView>, storage: Storage | null): SiteStore {
  const site = shallowRef(remembered(storage))
  let turn = 0

  async function refresh() {
    const mine = ++turn
    try {
      const fetched = await fetchSite()
      if (mine !== turn) return
      site.value = fetched
      storage?.setItem(STORAGE_KEY, JSON.stringify(fetched))
    } catch {
      // The page works without it; the next time that somebody asks, or the network is back, tries again.
      if (mine === turn && site.value === null) window.addEventListener('online', () => void refresh(), { once: true })
    }
  }

  void refresh()
  return { site: shallowReadonly(site), refresh }
}

export const siteKey: InjectionKey<SiteStore> = Symbol('site')

/** What every page may know of this site; call in `setup`. */
export function useSite(): SiteStore {
  const store = inject(siteKey)
  if (!store) throw new Error('No site was provided')
  return store
}
