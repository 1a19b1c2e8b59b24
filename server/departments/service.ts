import type { CreateDepartment, Department, EditDepartment } from '../../shared/departments.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { AuditStore } from '../audit/store.ts'
import { changesOf } from './rules.ts'
import type { StoredDepartment } from './rules.ts'
import type { DepartmentStore } from './store.ts'

/** Departments that one county may have. */
const MOST = 500
/** How long the public list is remembered, in milliseconds: a crowd that comes at once is served from one reading. */
const REMEMBERED = 2_000

export type DepartmentService = ReturnType<typeof createDepartmentService>

export function createDepartmentService(deps: {
  access: Access
  store: DepartmentStore
  transact: <T>(work: (stores: { departments: DepartmentStore; audit: AuditStore }) => Promise<T>) => Promise<T>
  now: () => Date
}) {
  const { access, store, transact, now } = deps
  let remembered: { list: Promise<Department[]>; until: number } | null = null

  /** @throws RefusedError `not_found` */
  async function shown(id: string): Promise<Department> {
    remembered = null
    const department = (await store.all()).find((candidate) => candidate.id === id)
    if (!department) throw new RefusedError('not_found')
    return department
  }

  return {
    /** All of them, the archived too, by code. For everybody. */
    async list(): Promise<Department[]> {
      if (remembered && remembered.until > now().getTime()) return remembered.list
      const list = store.all()
      remembered = { list, until: now().getTime() + REMEMBERED }
      list.catch(() => (remembered = null))
      return list
    },

    /** A retry with the same id answers with what the first made. @throws RefusedError `forbidden`, `taken` for the code, `invalid_input` when there are too many */
    async create(personId: string, address: string, input: CreateDepartment): Promise<Department> {
      await access.require(personId, null, 'departments.manage')
      const actor = await auditActor(access, personId, address)
      await transact(async ({ departments, audit }) => {
        if (await departments.byId(input.id)) return
        if ((await departments.count()) >= MOST) throw new RefusedError('invalid_input', { issues: [{ path: 'id', code: 'too_many' }] })
        if (!(await departments.insert({ ...input, archived: false, version: 1 }))) {
          if (await departments.byId(input.id)) return
          throw new RefusedError('taken')
        }
        await audit.append({ ...actor, action: 'department', subject: input.name, detail: { step: 'create', code: input.code, verified: input.verified } }, now().toISOString())
      })
      return shown(input.id)
    },

    /** @throws RefusedError `forbidden`, `not_found`, `taken` for the code, `stale` with the department as it is */
    async edit(personId: string, address: string, id: string, { expectedVersion, ...input }: EditDepartment): Promise<Department> {
      await access.require(personId, null, 'departments.manage')
      const actor = await auditActor(access, personId, address)
      const done = await transact(async ({ departments, audit }) => {
        const before = await departments.byId(id)
        if (!before) throw new RefusedError('not_found')
        if (await departments.codeTaken(input.code, id)) throw new RefusedError('taken')
        const after: StoredDepartment = { id, ...input, version: expectedVersion + 1 }
        if (!(await departments.update(after, expectedVersion))) return false
        const step = before.archived === after.archived ? 'edit' : after.archived ? 'archive' : 'restore'
        await audit.append({ ...actor, action: 'department', subject: after.name, detail: { step, ...changesOf(before, after) } }, now().toISOString())
        return true
      })
      const department = await shown(id)
      if (!done) throw new RefusedError('stale', { current: department })
      return department
    },
  }
}
