import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AttendanceList } from '../../shared/attendance.ts'
import type { Forum } from '../../shared/forums.ts'
import { openSession } from '../support/fixtures.ts'
import { malformedOf } from '../support/malformed.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'

let at: string
let host: Person
let representative: Person
const [forumId, attendeeId] = [randomUUID(), randomUUID()]
const forum = { name: '山城论坛', code: 'mountain', origins: [], contact: '', members: 9 }

beforeAll(async () => {
  const server = await startServer()
  const opened = await openSession(server, 'live', { kind: 'symposium' })
  host = opened.host.person
  at = `/api/sessions/${opened.sessionId}`
  await host.send('POST', '/api/admin/forums', { id: forumId, ...forum })
  await host.send('PUT', `${at}/attendance`, { expectedVersion: 0, venue: '一楼', seats: 9, quotas: [], applyUntil: '2099-01-01T00:00:00.000Z' })
  const { attendees } = await host.send<AttendanceList>('POST', `${at}/attendees`, { attendees: [{ id: attendeeId, name: '王先生', forumId, phone: null }] })
  representative = await createPerson(server.url, { link: attendees[0]!.url! })
})

const whole = async () => ({ list: await host.get<AttendanceList>(`${at}/attendance`), forums: await host.get<Forum[]>('/api/admin/forums'), door: (await host.get<{ entries: unknown }>(`${at}/door`)).entries })

/** `accepted`: as {@link malformedOf} has it. */
const ROUTES: { name: string; method: 'POST' | 'PUT'; path: () => string; valid: () => object; accepted?: string[]; who?: () => Person }[] = [
  { name: 'settings', method: 'PUT', path: () => `${at}/attendance`, valid: () => ({ expectedVersion: 1, venue: '二楼', seats: 5, quotas: [{ forumId, seats: 2 }], applyUntil: null }), accepted: ['venue=NaN', 'quotas=[]', 'applyUntil=null'] },
  { name: 'invitations', method: 'POST', path: () => `${at}/attendees`, valid: () => ({ attendees: [{ id: randomUUID(), name: '李先生', forumId: null, phone: '13812345678' }] }) },
  { name: 'an edit', method: 'PUT', path: () => `${at}/attendees/${attendeeId}`, valid: () => ({ action: 'edit', expectedVersion: 1, name: '王大明', seat: '', tableId: null, note: '' }), accepted: ['name=NaN', 'seat=NaN', 'note=NaN', 'tableId=null'] },
  { name: 'a refusal', method: 'PUT', path: () => `${at}/attendees/${attendeeId}`, valid: () => ({ action: 'refuse', expectedVersion: 1, reason: '席位已满' }), accepted: ['reason=NaN'] },
  { name: 'seats', method: 'POST', path: () => `${at}/attendees/seats`, valid: () => ({ rows: 3, perRow: 3 }) },
  { name: 'reminders', method: 'POST', path: () => `${at}/attendees/remind`, valid: () => ({ attendeeIds: [attendeeId] }), accepted: ['attendeeIds=[]'] },
  { name: 'a reply', method: 'POST', path: () => `${at}/attendance/own`, valid: () => ({ coming: true }), who: () => representative },
  { name: 'an application', method: 'POST', path: () => `${at}/attendance/apply`, valid: () => ({ id: randomUUID(), name: '赵女士', phone: null, note: '' }), accepted: ['name=NaN', 'note=NaN', 'phone=null'], who: () => representative },
  { name: 'check-ins', method: 'POST', path: () => `${at}/check-ins`, valid: () => ({ checkIns: [{ id: randomUUID(), attendeeId, at: new Date().toISOString(), undo: false, walkIn: null }] }), accepted: ['checkIns=[]'] },
  { name: 'a forum', method: 'POST', path: () => '/api/admin/forums', valid: () => ({ id: randomUUID(), ...forum, code: 'river' }), accepted: ['name=NaN', 'origins=[]', 'contact=NaN'] },
  { name: 'a change of a forum', method: 'PUT', path: () => `/api/admin/forums/${forumId}`, valid: () => ({ expectedVersion: 1, ...forum, archived: false }), accepted: ['name=NaN', 'origins=[]', 'contact=NaN'] },
]

describe.each(ROUTES)('$name', ({ method, path, valid, accepted = [], who = () => host }) => {
  test('that does not fit is refused, and changes nothing', async () => {
    const before = await whole()
    for (const { name, payload } of malformedOf(valid(), accepted)) {
      const response = await who().fetch(path(), { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(payload) })
      const text = await response.text()
      const { error } = JSON.parse(text) as { error: { code: string } }
      expect([name, response.status, error.code]).toEqual(name.includes('megabyte') ? [name, 413, 'too_large'] : [name, 400, 'invalid_input'])
      expect(text.length, `${name}: what was sent is not repeated`).toBeLessThan(2_000)
    }
    expect(await whole()).toEqual(before)
  })
})

test('what cannot be is refused within, too', async () => {
  const before = await whole()
  const one = { id: randomUUID(), name: '李先生', forumId: null, phone: null }
  const checkIn = { id: randomUUID(), attendeeId, at: '2026-11-22T01:30:00.000Z', undo: false, walkIn: null }
  const tries: [string, unknown][] = [
    ['attendees', { attendees: [] }],
    ['attendees', { attendees: Array.from({ length: 201 }, () => ({ ...one, id: randomUUID() })) }],
    ['attendees', { attendees: [{ ...one, phone: '打我电话' }] }],
    ['attendees', { attendees: [{ ...one, name: '\u202E' }] }],
    ['attendees', { attendees: [{ ...one, id: 'me' }] }],
    ['attendees/seats', { rows: 0, perRow: 5 }],
    ['attendees/seats', { rows: 5, perRow: 101 }],
    ['check-ins', { checkIns: [{ ...checkIn, at: 'yesterday' }] }],
    ['check-ins', { checkIns: [{ ...checkIn, at: '2026-11-22T01:30:00+08:00' }] }],
    ['check-ins', { checkIns: [{ ...checkIn, walkIn: { name: '', forumId: null } }] }],
    ['check-ins', { checkIns: Array.from({ length: 201 }, () => ({ ...checkIn, id: randomUUID() })) }],
  ]
  for (const [path, body] of tries) {
    const response = await host.fetch(`${at}/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
    expect([path, JSON.stringify(body).slice(0, 80), response.status]).toEqual([path, JSON.stringify(body).slice(0, 80), 400])
  }
  expect(await whole()).toEqual(before)
})
