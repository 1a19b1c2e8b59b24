import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { createAuditReading } from '../../server/audit/reading.ts'
import type { CreateDepartment, Department, EditDepartment } from '../../shared/departments.ts'
import { openCore } from '../support/core.ts'
import { refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import type { Engine } from '../support/engines.ts'

const FROM = '203.0.113.7'
const water = (over: Partial<CreateDepartment> = {}): CreateDepartment => ({ id: randomUUID(), name: '水利局', code: 'SL', duty: '河道与供水', leader: '郑海波', verified: true, ...over })
const editOf = ({ name, code, duty, leader, verified, archived, version }: Department, over: Partial<EditDepartment> = {}): EditDepartment => ({ name, code, duty, leader, verified, archived, expectedVersion: version, ...over })

async function open(engine: Engine) {
  const database = await engine.open()
  let time = Date.parse('2026-11-22T01:30:00.000Z')
  const { core, person } = openCore(database, () => new Date((time += 10)))
  const admin = await person('host')
  return {
    departments: core.departments,
    admin,
    stranger: await person('participant'),
    wait: (ms: number) => void (time += ms),
    audit: async () => (await createAuditReading(database.read).page({ action: 'department' }, 10)).map(({ subject, address, detail }) => ({ subject, address, detail })),
    /** An account of a department. */
    async officer(name: string, departmentId: string, over: { spokesperson?: 1; disabledAt?: string; role?: 'officer' | 'staff' } = {}) {
      const account = { id: randomUUID(), username: randomUUID(), name, post: '', departmentId, spokesperson: 0, role: 'officer' as const, password: '', totpSealed: null, totpOffered: null, totpStep: 0, recoveryJson: '[]' }
      const standing = { failures: 0, failedAt: null, lockedUntil: null, disabledAt: null, createdAt: '2026-11-22T01:00:00.000Z', signedInAt: null, version: 1 }
      await database.transact((tx) => tx.insertInto('accounts').values({ ...account, ...standing, ...over }).execute())
    },
  }
}

onBothEngines((engine) => {
  it('adds a department once, however often it is sent', async () => {
    const { departments, admin, audit } = await open(engine)
    const input = water()
    const made = await departments.create(admin, FROM, input)
    expect(made).toEqual({ ...input, archived: false, officers: [], spokespeople: [], version: 1 })
    expect(await departments.create(admin, FROM, { ...input, name: '第二次' })).toEqual(made)
    expect(await departments.list()).toEqual([made])
    expect(await audit()).toEqual([{ subject: '水利局', address: FROM, detail: { step: 'create', code: 'SL', verified: true } }])
  })

  it('keeps codes apart', async () => {
    const { departments, admin } = await open(engine)
    const first = await departments.create(admin, FROM, water())
    expect((await refusalOf(departments.create(admin, FROM, water()))).code).toBe('taken')
    const second = await departments.create(admin, FROM, water({ code: 'ZJ' }))
    expect((await refusalOf(departments.edit(admin, FROM, second.id, editOf(second, { code: 'SL' })))).code).toBe('taken')
    expect((await departments.edit(admin, FROM, first.id, editOf(first, { name: '县水利局' }))).name).toBe('县水利局')
  })

  it('refuses what was decided upon an older state, and says what is true', async () => {
    const { departments, admin, audit } = await open(engine)
    const made = await departments.create(admin, FROM, water())
    const edited = await departments.edit(admin, FROM, made.id, editOf(made, { leader: '沈雅琴' }))
    expect(await refusalOf(departments.edit(admin, FROM, made.id, editOf(made, { leader: '别人' })))).toEqual({ code: 'stale', current: edited })
    expect((await refusalOf(departments.edit(admin, FROM, randomUUID(), editOf(made)))).code).toBe('not_found')
    expect((await audit()).map(({ detail }) => detail)).toEqual([{ step: 'edit', leader: '沈雅琴' }, expect.objectContaining({ step: 'create' })])
  })

  it('archives instead of deleting, and back', async () => {
    const { departments, admin, audit } = await open(engine)
    const made = await departments.create(admin, FROM, water())
    const archived = await departments.edit(admin, FROM, made.id, editOf(made, { archived: true }))
    expect(await departments.list()).toEqual([archived])
    expect(archived).toEqual({ ...made, archived: true, version: 2 })
    await departments.edit(admin, FROM, made.id, editOf(archived, { archived: false, duty: '另一些事' }))
    expect((await audit()).map(({ detail }) => detail).slice(0, 2)).toEqual([
      { step: 'restore', duty: true, archived: false },
      { step: 'archive', archived: true },
    ])
  })

  it('names who belongs to it, as far as their accounts are in use', async () => {
    const { departments, admin, officer, wait } = await open(engine)
    const { id } = await departments.create(admin, FROM, water())
    const other = await departments.create(admin, FROM, water({ code: 'ZJ' }))
    await officer('李敏', id)
    await officer('周建国', id, { spokesperson: 1, role: 'staff' })
    await officer('离职者', id, { disabledAt: '2026-11-22T01:00:00.000Z', spokesperson: 1 })
    wait(3_000)
    expect(await departments.list()).toEqual([expect.objectContaining({ id, officers: ['李敏'], spokespeople: ['周建国'] }), other])
  })

  it('is for administrators to change', async () => {
    const { departments, admin, stranger, audit } = await open(engine)
    expect((await refusalOf(departments.create(stranger, FROM, water()))).code).toBe('forbidden')
    const made = await departments.create(admin, FROM, water())
    expect((await refusalOf(departments.edit(stranger, FROM, made.id, editOf(made, { archived: true })))).code).toBe('forbidden')
    expect(await audit()).toHaveLength(1)
  })

  it('takes one of two edits at the same moment', async () => {
    const { departments, admin } = await open(engine)
    const made = await departments.create(admin, FROM, water())
    const outcomes = await Promise.allSettled(['甲', '乙', '丙'].map((leader) => departments.edit(admin, FROM, made.id, editOf(made, { leader }))))
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect((await departments.list())[0]?.version).toBe(2)
  })
})
