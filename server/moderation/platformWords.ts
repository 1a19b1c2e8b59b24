import type { PlatformWords, SetPlatformWords } from '../../shared/moderation.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { AuditStore } from '../audit/store.ts'
import { WORDS_SETTING, platformWords } from './screening.ts'
import type { ModerationStore } from './store.ts'
import { distinctWords } from './words.ts'

export type PlatformWordService = ReturnType<typeof createPlatformWordService>

/** The installation's list of sensitive words, for whoever may change it. */
export function createPlatformWordService(deps: {
  access: Access
  reading: <T>(work: (moderation: ModerationStore) => Promise<T>) => Promise<T>
  writing: <T>(work: (stores: { moderation: ModerationStore; audit: AuditStore }) => Promise<T>) => Promise<T>
  now: () => Date
}) {
  const { access, reading, writing, now } = deps

  const current = async (moderation: ModerationStore): Promise<PlatformWords> => ({
    words: platformWords(await moderation.setting(WORDS_SETTING)),
    version: await moderation.settingVersion(WORDS_SETTING),
  })

  return {
    /** @throws RefusedError `forbidden` */
    async list(personId: string): Promise<PlatformWords> {
      await access.require(personId, null, 'words.edit_all')
      return reading(current)
    },

    /** Replaces the list; what stays as it is is no act. @throws RefusedError `forbidden`, `stale` with the list as it is */
    async replace(personId: string, address: string, { expectedVersion, words }: SetPlatformWords): Promise<PlatformWords> {
      await access.require(personId, null, 'words.edit_all')
      const actor = await auditActor(access, personId, address)
      const list = distinctWords(words)
      return writing(async ({ moderation, audit }) => {
        const before = await current(moderation)
        if (before.version !== expectedVersion) throw new RefusedError('stale', { current: before })
        const added = list.filter((word) => !before.words.includes(word)).length
        const removed = before.words.filter((word) => !list.includes(word)).length
        if (added === 0 && removed === 0) return before
        // A colleague's change may have been committed between the reading and this.
        if (!(await moderation.replace(WORDS_SETTING, JSON.stringify(list), before.version))) throw new RefusedError('stale', { current: await current(moderation) })
        await audit.append({ ...actor, action: 'words', subject: 'platform', detail: { added, removed, words: list.length } }, now().toISOString())
        return current(moderation)
      })
    },
  }
}
