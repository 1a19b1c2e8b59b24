import type { CreateForum, EditForum, Forum, PublicForum } from '../../shared/forums.ts'
import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { AuditStore } from '../audit/store.ts'
import { changesOf, publicForum } from './rules.ts'
import type { ForumStore } from './store.ts'

/** How long the list is remembered, in milliseconds: a crowd that comes at once is served from one reading. */
const REMEMBERED = 2_000

export type ForumService = ReturnType<typeof createForumService>

/** The local forums by way of which people come. */
export function createForumService(deps: {
  access: Access
  store: ForumStore
  transact: <T>(work: (stores: { forums: ForumStore; audit: AuditStore }) => Promise<T>) => Promise<T>
  now: () => Date
}) {
  const { access, store, transact, now } = deps
  let remembered: { list: Promise<Forum[]>; until: number } | null = null

  function known(): Promise<Forum[]> {
    if (remembered && remembered.until > now().getTime()) return remembered.list
    const list = store.all()
    remembered = { list, until: now().getTime() + REMEMBERED }
    list.catch(() => (remembered = null))
    return list
  }

  /** As it is now. @throws RefusedError `not_found` */
  async function shown(id: string): Promise<Forum> {
    remembered = null
    const forum = await store.byId(id)
    if (!forum) throw new RefusedError('not_found')
    return forum
  }

  return {
    /** What everybody may know of those that are not archived, by name. */
    async list(): Promise<PublicForum[]> {
      return (await known()).filter(({ archived }) => !archived).map(publicForum)
    },

    /** All of them, whole, by name. @throws RefusedError `forbidden` */
    async all(personId: string): Promise<Forum[]> {
      await access.require(personId, null, 'forums.manage')
      return store.all()
    },

    /** A retry with the same id answers with what the first made. @throws RefusedError `forbidden`, `taken` for the code, `invalid_input` when there are too many */
    async create(personId: string, address: string, input: CreateForum): Promise<Forum> {
      await access.require(personId, null, 'forums.manage')
      const actor = await auditActor(access, personId, address)
      await transact(async ({ forums, audit }) => {
        if (await forums.byId(input.id)) return
        if ((await forums.count()) >= LIMITS.forums) throw new RefusedError('invalid_input', { issues: [{ path: 'id', code: 'too_many' }] })
        if (!(await forums.insert({ ...input, archived: false, version: 1 }))) {
          if (await forums.byId(input.id)) return
          throw new RefusedError('taken')
        }
        await audit.append({ ...actor, action: 'forum', subject: input.name, detail: { step: 'create', code: input.code, origins: input.origins.length } }, now().toISOString())
      })
      return shown(input.id)
    },

    /** @throws RefusedError `forbidden`, `not_found`, `taken` for the code, `stale` with the forum as it is */
    async edit(personId: string, address: string, id: string, { expectedVersion, ...input }: EditForum): Promise<Forum> {
      await access.require(personId, null, 'forums.manage')
      const actor = await auditActor(access, personId, address)
      const done = await transact(async ({ forums, audit }) => {
        const before = await forums.byId(id)
        if (!before) throw new RefusedError('not_found')
        if (before.version !== expectedVersion) return false
        if (await forums.codeTaken(input.code, id)) throw new RefusedError('taken')
        const after: Forum = { id, ...input, version: expectedVersion + 1 }
        if (!(await forums.update(after, expectedVersion))) return false
        const step = before.archived === after.archived ? 'edit' : after.archived ? 'archive' : 'restore'
        await audit.append({ ...actor, action: 'forum', subject: after.name, detail: { step, ...changesOf(before, after) } }, now().toISOString())
        return true
      })
      const forum = await shown(id)
      if (!done) throw new RefusedError('stale', { current: forum })
      return forum
    },
  }
}
