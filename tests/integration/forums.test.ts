import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { AuditPage } from '../../shared/administration.ts'
import type { CreateForum, Forum, PublicForum } from '../../shared/forums.ts'
import { refusalOf } from '../support/desk.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'

let admin: Person
let resident: Person

const forum = (over: Partial<CreateForum> = {}): CreateForum => ({ id: randomUUID(), name: '山城论坛', code: randomUUID().slice(0, 8), origins: ['https://bbs.example'], contact: '王站长', members: 12_000, ...over })
const edited = ({ id: _id, ...rest }: Forum | CreateForum, over: Partial<Forum> = {}) => {
  const { version = 1, archived = false, ...fields } = { ...rest, ...over } as Forum
  return { ...fields, archived, expectedVersion: version }
}

beforeAll(async () => {
  const server = await startServer()
  admin = await createPerson(server.url, { link: server.links.host })
  resident = await createPerson(server.url)
})

test('a forum is added once, seen by everybody without what is the office’s, and changed by who knows it as it is', async () => {
  const input = forum({ name: '江边论坛' })
  const made = await admin.send<Forum>('POST', '/api/admin/forums', input)
  expect(made).toEqual({ ...input, archived: false, version: 1 })
  expect(await admin.send<Forum>('POST', '/api/admin/forums', input)).toEqual(made)
  expect((await admin.get<Forum[]>('/api/admin/forums')).filter(({ id }) => id === input.id)).toEqual([made])
  const { id, name, code, members } = input
  expect(await resident.get<PublicForum[]>('/api/forums')).toContainEqual({ id, name, code, members })

  const changed = await admin.send<Forum>('PUT', `/api/admin/forums/${id}`, edited(made, { name: '江畔论坛', origins: [] }))
  expect(changed).toMatchObject({ name: '江畔论坛', origins: [], version: 2 })
  expect(await refusalOf(admin.send('PUT', `/api/admin/forums/${id}`, edited(made)))).toMatchObject({ code: 'stale', current: changed })
  await admin.send('PUT', `/api/admin/forums/${id}`, edited(changed, { archived: true }))
  expect((await resident.get<PublicForum[]>('/api/forums')).map((shown) => shown.id)).not.toContain(id)
  expect((await admin.get<Forum[]>('/api/admin/forums')).find((shown) => shown.id === id)).toMatchObject({ archived: true, version: 3 })

  const { entries } = await admin.get<AuditPage>('/api/admin/audit?action=forum')
  expect(entries.filter(({ subject }) => subject.startsWith('江')).map(({ detail }) => detail)).toEqual([
    { step: 'archive', archived: true },
    { step: 'edit', name: '江畔论坛', origins: 0 },
    { step: 'create', code, origins: 1 },
  ])
})

test('a code is one forum’s', async () => {
  const [first, second] = [forum(), forum()]
  await admin.send('POST', '/api/admin/forums', first)
  await admin.send('POST', '/api/admin/forums', second)
  expect(await refusalOf(admin.send('POST', '/api/admin/forums', forum({ code: first.code })))).toMatchObject({ code: 'taken' })
  expect(await refusalOf(admin.send('PUT', `/api/admin/forums/${second.id}`, edited({ ...second, code: first.code })))).toMatchObject({ code: 'taken' })
  await admin.send('PUT', `/api/admin/forums/${first.id}`, edited(first))
})

test.each<[string, Partial<CreateForum>]>([
  ['an address with a path', { origins: ['https://bbs.example/thread'] }],
  ['an address of something else', { origins: ['javascript:alert(1)'] }],
  ['a name without a scheme', { origins: ['bbs.example'] }],
  ['no address at all', { origins: ['https://'] }],
  ['a code with capitals', { code: 'BBS' }],
  ['no name', { name: '' }],
])('%s is refused', async (_name, over) => {
  expect(await refusalOf(admin.send('POST', '/api/admin/forums', forum(over)))).toMatchObject({ code: 'invalid_input' })
})

test('only administrators keep them', async () => {
  const input = forum()
  expect(await refusalOf(resident.get('/api/admin/forums'))).toMatchObject({ code: 'forbidden' })
  expect(await refusalOf(resident.send('POST', '/api/admin/forums', input))).toMatchObject({ code: 'forbidden' })
  expect(await refusalOf(resident.send('PUT', `/api/admin/forums/${input.id}`, edited(input)))).toMatchObject({ code: 'forbidden' })
  expect(await refusalOf(admin.send('PUT', `/api/admin/forums/${input.id}`, edited(input)))).toMatchObject({ code: 'not_found' })
})
