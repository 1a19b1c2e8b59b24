import type { IncomingMessage } from 'node:http'
import type { SignedIn } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SignInRow } from '../db/schema.ts'
import { embedTokenOf } from '../embed/rules.ts'
import type { EmbedTokens } from '../embed/tokens.ts'
import { createBatch } from './batch.ts'
import type { Cookies } from './cookie.ts'
import { serves, wantsNoting, wantsRotation } from './lifetimes.ts'
import { tokenDigest } from './signIns.ts'
import type { OpenedSignIn, SignInStore } from './signIns.ts'
import type { Vault } from './vault.ts'

/** Who asks. `signInId` and `kind` null: by the anonymous cookie alone, or by the token of a frame (`embedded`). */
export type Identity = { personId: string; signInId: string | null; kind: SignedIn | null; embedded?: true }

export type Identities = {
  /**
   * Who a request or a socket's handshake belongs to; null: nobody that is known. `embed`: the token that a handshake brought; a request has it in a header. Where there is one,
   * cookies are not looked at. @throws RefusedError `unauthenticated` for a token that says nothing
   */
  of: (request: IncomingMessage, embed?: string) => Promise<Identity | null>
  /** Notes that a sign-in is used, seldom; @returns what the browser's cookie has to say from now on, when it is time for another token */
  refresh: (request: IncomingMessage) => Promise<OpenedSignIn | null>
  /** Forgets what is remembered of a person, after their sign-ins changed. */
  forget: (personId: string) => void
}

const REMEMBERED_MS = 1_000
const REMEMBERED = 20_000
const AT_ONCE = 1_000

/** Answers from memory for a second at most. What was read before something was forgotten is not remembered after it. */
function createMemory<T>(read: (key: string) => Promise<T>, now: () => number) {
  const known = new Map<string, { value: T; until: number }>()
  let forgotten = 0
  return {
    async get(key: string): Promise<T> {
      const found = known.get(key)
      if (found && found.until > now()) return found.value
      const before = forgotten
      const value = await read(key)
      if (known.size >= REMEMBERED) known.clear()
      if (before === forgotten) known.set(key, { value, until: now() + REMEMBERED_MS })
      return value
    },
    forget(fits: (key: string, value: T) => boolean) {
      forgotten++
      for (const [key, { value }] of known) if (fits(key, value)) known.delete(key)
    },
  }
}

/**
 * Who is who, from the two cookies, or from a frame's token. A sign-in that counts names its person; without one, the anonymous cookie does, unless that person is guarded: then somebody may have
 * taken the cookie or planted it, and it says nothing.
 */
export function createIdentities(deps: {
  cookies: Cookies
  embeds: Pick<EmbedTokens, 'open'>
  vault: Vault
  read: Pick<SignInStore, 'byDigests' | 'guarded'>
  writing: <T>(work: (store: SignInStore) => Promise<T>) => Promise<T>
  now: () => Date
}): Identities {
  const { cookies, embeds, vault, read, writing, now } = deps
  const clock = () => now().getTime()
  const signIns = createMemory(createBatch<SignInRow | null>(read.byDigests, null, AT_ONCE), clock)
  const guarded = createMemory(createBatch(read.guarded, false, AT_ONCE), clock)

  async function signInOf(request: IncomingMessage): Promise<{ row: SignInRow; digest: string } | null> {
    const token = cookies.signIn.read(request)
    if (!token) return null
    const digest = tokenDigest(vault, token)
    const row = await signIns.get(digest)
    return row && serves(row, digest, clock()) ? { row, digest } : null
  }

  /** Who ever was given a right keeps it to their cookies: a token lies where scripts can read it. */
  async function embedded(token: string): Promise<Identity> {
    const personId = embeds.open(token)
    if (!personId || (await guarded.get(personId))) throw new RefusedError('unauthenticated')
    return { personId, signInId: null, kind: null, embedded: true }
  }

  function forget(personId: string): void {
    signIns.forget((_digest, row) => row === null || row.personId === personId)
    guarded.forget((key) => key === personId)
  }

  return {
    forget,
    async of(request, embed) {
      const token = embed ?? embedTokenOf(request.headers.authorization)
      if (token !== null) return embedded(token)
      const signIn = await signInOf(request)
      if (signIn) return { personId: signIn.row.personId, signInId: signIn.row.id, kind: signIn.row.kind }
      const personId = cookies.anonymous.read(request)
      if (!personId || (await guarded.get(personId))) return null
      return { personId, signInId: null, kind: null }
    },
    async refresh(request) {
      const signIn = await signInOf(request)
      if (!signIn) return null
      const { row, digest } = signIn
      const at = now().toISOString()
      const [noting, rotating] = [wantsNoting(row, digest, clock()), wantsRotation(row, digest, clock())]
      if (!noting && !rotating) return null
      const rotated = await writing(async (store) => {
        if (noting) await store.touch([row.id], at)
        return rotating ? store.rotate(row, digest, at) : null
      })
      forget(row.personId)
      return rotated
    },
  }
}
