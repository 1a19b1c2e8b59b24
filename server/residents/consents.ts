import { RefusedError } from '../../shared/protocol/errors.ts'
import type { PrivacyNotice } from '../../shared/site.ts'

/** Whether people agreed to the notice that is published now. */
export type Consents = {
  /** Version of the last notice that somebody agreed to; null: none. */
  of: (personId: string) => Promise<number | null>
  /** @throws RefusedError `consent_required` with the version to agree to */
  require: (personId: string) => Promise<void>
  /** Keeps that somebody agreed; doing so twice changes nothing. @throws RefusedError `stale` with the present version when it is another one, `wrong_state` when none is published */
  give: (personId: string, input: { version: number; locale: 'zh-CN' | 'en' }) => Promise<null>
}

/** How long the notice's version is remembered, in milliseconds: so long may somebody be let through under the one before. */
const REMEMBERED_MS = 1_000

export function createConsents(deps: {
  notice: () => Promise<Pick<PrivacyNotice, 'version'> | null>
  /** Version that a person agreed to last; 0: none. Gathered, so that a crowd costs one reading. */
  agreed: (personId: string) => Promise<number>
  write: (personId: string, version: number, locale: string) => Promise<void>
  now: () => number
}): Consents {
  const { notice, agreed, write, now } = deps
  let remembered: { version: Promise<number | null>; until: number } | null = null

  function version(): Promise<number | null> {
    if (remembered && remembered.until > now()) return remembered.version
    const asked = notice().then((found) => found?.version ?? null)
    remembered = { version: asked, until: now() + REMEMBERED_MS }
    asked.catch(() => (remembered = null))
    return asked
  }

  return {
    async of(personId) {
      return (await agreed(personId)) || null
    },
    async require(personId) {
      const present = await version()
      if (present !== null && (await agreed(personId)) < present) throw new RefusedError('consent_required', { current: present })
    },
    async give(personId, input) {
      remembered = null
      const present = await version()
      if (present === null) throw new RefusedError('wrong_state')
      if (present !== input.version) throw new RefusedError('stale', { current: present })
      await write(personId, present, input.locale)
      return null
    },
  }
}
