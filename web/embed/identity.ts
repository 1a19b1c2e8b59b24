import type { Me } from '../../shared/accounts.ts'
import type { EmbedIdentity } from '../../shared/embed.ts'
import { refusalOf } from '../net/refusal.ts'

const KEY = 'fangtan.embed'

/**
 * Who somebody is within a frame. `keep` hears of the token that requests are to carry.
 * @returns what asks the server who this is; before that, for whoever has no token yet or one that says nothing any more, it asks for one
 */
export function createFrameIdentity(deps: { storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>; issue: () => Promise<EmbedIdentity>; fetchMe: () => Promise<Me>; keep: (token: string | undefined) => void }): () => Promise<Me> {
  const { storage, issue, fetchMe, keep } = deps
  let token: string | undefined

  function remembered(): string | undefined {
    try {
      return storage.getItem(KEY) ?? undefined
    } catch {
      return undefined
    }
  }
  function remember(next: string | undefined): void {
    token = next
    keep(next)
    try {
      if (next === undefined) storage.removeItem(KEY)
      else storage.setItem(KEY, next)
    } catch {
      // Full or forbidden: whoever asks here is then known as long as the page is open.
    }
  }

  return async () => {
    token ??= remembered()
    if (token === undefined) remember((await issue()).token)
    else keep(token)
    try {
      return await fetchMe()
    } catch (error) {
      if (refusalOf(error).code !== 'unauthenticated') throw error
      remember(undefined)
      remember((await issue()).token)
      return fetchMe()
    }
  }
}
