import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { roleSchema } from '../../shared/accounts.ts'
import type { PlatformRole, Role, SignInLink } from '../../shared/accounts.ts'
import type { AttendanceList } from '../../shared/attendance.ts'
import type { ClientEvents } from '../../shared/protocol/events.ts'
import { ALL_PERMISSIONS, may } from '../../shared/rules/permissions.ts'
import type { Permission } from '../../shared/rules/permissions.ts'
import type { InvitationMade } from '../../shared/staff.ts'
import { client } from '../support/client.ts'
import type { TestClient } from '../support/client.ts'
import { openSession, questionInput, sessionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

/** One way to ask for what a permission gives. It is meant to fail on something else, or to change nothing that matters to the next one. */
type Try = { socket: [keyof ClientEvents, object | (() => object)] } | { http: [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown] }

let server: TestServer
let opened: OpenedSession
let tries: Record<Permission, Try[]>
const people = new Map<Role, TestClient>()

const PASSWORD = 'seven mountains and a river'

/** Makes an account by invitation, as people do. */
async function account(role: PlatformRole): Promise<Person> {
  const made = await opened.host.person.send<InvitationMade>('POST', '/api/admin/invitations', { id: randomUUID(), name: role, role, departmentId: null })
  const person = await createPerson(server.url)
  await person.send('POST', '/api/invitations/accept', { token: new URL(made.url).pathname.split('/').at(-1), username: `the.${role}`, name: role, password: PASSWORD })
  return person
}

/** Opens a link made for the role. */
async function byLink(role: Role): Promise<Person> {
  const id = randomUUID()
  const links = await opened.host.person.send<SignInLink[]>('POST', `/api/sessions/${opened.sessionId}/links`, { id, role, name: role })
  const link = links.find((candidate) => candidate.id === id)
  if (!link) throw new Error(`no link was made for a ${role}`)
  return createPerson(server.url, { link: link.url })
}

/** Opens the link of an invitation. */
async function representative(): Promise<Person> {
  const attendee = { id: randomUUID(), name: '网民代表', forumId: null, phone: null }
  const { attendees } = await opened.host.person.send<AttendanceList>('POST', `/api/sessions/${opened.sessionId}/attendees`, { attendees: [attendee] })
  const link = attendees.find(({ id }) => id === attendee.id)?.url
  if (!link) throw new Error('no link was made for a representative')
  return createPerson(server.url, { link })
}

async function personAs(role: Role): Promise<Person> {
  switch (role) {
    case 'participant':
      return createPerson(server.url)
    case 'representative':
      return representative()
    case 'guest':
      return (await opened.join('guest')).person
    case 'host':
    case 'moderator':
    case 'recorder':
    case 'director':
    case 'helper':
      return byLink(role)
    case 'admin':
    case 'supervisor':
    case 'officer':
    case 'staff':
      return account(role)
  }
}

beforeAll(async () => {
  server = await startServer()
  opened = await openSession(server, 'live', { kind: 'symposium' })
  const { sessionId, session } = opened
  const resident = await client(server.url)
  const { question } = await resident.request('question:submit', questionInput(sessionId))
  // Whoever administers needs a second factor otherwise: accounts.test.ts and staff tests have that.
  await opened.host.person.send('PUT', '/api/admin/settings/security', { expectedVersion: 0, value: { secondFactor: 'nobody' } })
  for (const role of roleSchema.options) people.set(role, await client(server.url, { person: await personAs(role) }))
  const target = { sessionId, questionId: question.id }
  const stale = { ...target, expectedVersion: 999 }
  const at = `/api/sessions/${sessionId}`
  const nobody = randomUUID()
  const hand = { sessionId, handId: nobody, expectedVersion: 1 }
  const words = { text: '改', topicId: null, pictureId: null }
  tries = {
    'session.create': [{ http: ['POST', '/api/sessions', { ...sessionInput(), id: sessionId }] }],
    'session.edit': [{ http: ['PUT', at, { ...sessionInput(), id: undefined, expectedVersion: 999 }] }],
    'session.phase': [{ socket: ['session:phase', { sessionId, action: 'pause', expectedVersion: 999 }] }],
    'session.cut': [{ socket: ['session:cut', { sessionId, reason: '' }] }, { http: ['POST', `${at}/cut`, { reason: '' }] }],
    'session.links': [{ http: ['GET', `${at}/links`] }, { http: ['PUT', `${at}/links/${nobody}`, { action: 'revoke' }] }],
    'session.team': [{ http: ['GET', `${at}/team`] }, { http: ['POST', `${at}/team`, { accountId: nobody, role: 'moderator' }] }],
    'session.intake': [{ socket: ['session:intake', { sessionId, paused: false, slowSeconds: 0, reason: '' }] }],
    'session.export': [{ http: ['GET', `${at}/questions.csv`] }, { http: ['GET', `${at}/questions.json`] }],
    'desk.view': [{ socket: ['session:join', { sessionId, as: 'desk', since: null }] }, { socket: ['question:details', target] }],
    'question.submit': [{ socket: ['question:submit', () => questionInput(sessionId)] }],
    'question.vote': [{ socket: ['question:vote', { ...target, up: true }] }],
    'question.similar': [{ socket: ['question:similar', { sessionId, text: '电梯', scope: 'public', exclude: null }] }],
    'question.object': [{ socket: ['question:object', { sessionId, questionId: nobody, reason: null }] }],
    'question.withdraw': [{ socket: ['question:act', { ...stale, action: 'withdraw' }] }],
    'question.revise': [{ socket: ['question:act', { ...stale, action: 'revise', ...words }] }],
    'question.approve': [{ socket: ['question:act', { ...stale, action: 'approve' }] }],
    'question.decline': [{ socket: ['question:act', { ...stale, action: 'decline', code: 'other', reason: '重复' }] }],
    'question.edit': [{ socket: ['question:act', { ...stale, action: 'edit', text: '改' }] }],
    'question.merge': [{ socket: ['question:act', { ...stale, action: 'merge', intoId: nobody }] }],
    'question.split': [{ socket: ['question:act', { ...stale, action: 'split' }] }],
    'question.label': [{ socket: ['question:act', { ...stale, action: 'label', topicId: null }] }],
    'question.assign': [{ socket: ['question:act', { ...stale, action: 'assign', guestId: null }] }],
    'question.take_back': [{ socket: ['question:act', { ...stale, action: 'take_back' }] }],
    'question.air': [{ socket: ['question:act', { ...stale, action: 'air', replacing: null, seconds: 0 }] }],
    'question.time': [{ socket: ['question:act', { ...stale, action: 'time', seconds: 60 }] }],
    'question.answer': [{ socket: ['question:act', { ...stale, action: 'answer' }] }],
    'question.reply': [{ socket: ['question:act', { ...stale, action: 'reply', text: '答复', guestId: null }] }],
    'question.intake': [{ socket: ['question:intake', () => ({ sessionId, id: randomUUID(), text: '来电', name: null, topicId: null, channel: 'phone' })] }],
    'question.note': [{ socket: ['question:note', { sessionId, questionId: nobody, id: randomUUID(), text: '先核实' }] }],
    'votes.judge': [{ socket: ['votes:judge', { sessionId, flagId: nobody, verdict: 'dismissed', note: '' }] }],
    'person.sanction': [{ socket: ['person:sanction', { sessionId, author: 'abcdefghijkl', kind: null, reason: '' }] }],
    'words.edit': [{ socket: ['words:get', { sessionId }] }],
    'poll.manage': [{ socket: ['poll:act', { sessionId, pollId: nobody, expectedVersion: 1, action: 'open' }] }],
    'poll.answer': [{ socket: ['poll:answer', { sessionId, pollId: nobody, choices: [] }] }],
    'chat.send': [{ socket: ['chat:send', () => ({ sessionId, id: randomUUID(), text: '好', name: null })] }],
    'chat.delete': [{ socket: ['chat:delete', { sessionId, messageId: nobody }] }, { socket: ['chat:release', { sessionId, messageId: nobody }] }],
    'chat.settings': [{ socket: ['chat:settings', { sessionId, chatEnabled: true, chatSlowSeconds: 0, reason: '' }] }],
    'stage.view_backstage': [{ socket: ['session:join', { sessionId, as: 'stage', since: null }] }, { socket: ['media:join', { sessionId, audience: 'backstage' }] }],
    'stage.publish': [{ socket: ['media:transport', { sessionId, direction: 'send' }] }],
    'stage.admit': [{ socket: ['stage:admit', { sessionId, seatId: session.guests[0]?.id, onAir: false }] }],
    'stage.mute': [{ socket: ['stage:mute', { sessionId, seatId: session.guests[0]?.id, muted: false }] }],
    'agenda.edit': [{ socket: ['agenda:save', { sessionId, expectedVersion: 999, items: [] }] }],
    'agenda.move': [{ socket: ['agenda:act', { sessionId, expectedVersion: 999, action: 'go', itemId: null }] }],
    'floor.raise': [{ socket: ['hand:raise', () => ({ sessionId, id: randomUUID(), name: null, questionId: null, topicId: null, tableId: null, about: '' })] }],
    'floor.raise_for': [{ socket: ['hand:raise_for', () => ({ sessionId, id: randomUUID(), attendeeId: null, name: '王先生', seat: '', topicId: null, tableId: null, about: '' })] }],
    'floor.arrange': [{ socket: ['hand:act', { ...hand, action: 'dismiss', reason: '' }] }],
    'floor.call': [{ socket: ['floor:set', { sessionId, expectedVersion: 999, open: true, seconds: 120, tables: [] }] }, { socket: ['hand:act', { ...hand, action: 'invite', reason: '' }] }],
    'spot.record': [{ socket: ['spot:withdraw', { sessionId, id: nobody, expectedVersion: 1, reason: '记错了' }] }],
    'attendance.manage': [{ http: ['GET', `${at}/attendance`] }, { http: ['GET', `${at}/attendees.csv`] }],
    'attendance.check_in': [{ http: ['GET', `${at}/door`] }, { http: ['POST', `${at}/check-ins`, { checkIns: [] }] }],
    'attendance.apply': [{ http: ['POST', `${at}/attendance/apply`, { id: nobody, name: '王先生', phone: null, note: '' }] }],
    'attendance.reply': [{ http: ['POST', `${at}/attendance/own`, { coming: true }] }],
    'forums.manage': [{ http: ['GET', '/api/admin/forums'] }],
    'words.edit_all': [{ http: ['GET', '/api/admin/words'] }],
    'webhooks.manage': [{ http: ['GET', '/api/webhooks'] }, { http: ['DELETE', `/api/webhooks/${nobody}`] }],
    'people.manage': [{ http: ['GET', '/api/admin/people'] }, { http: ['GET', '/api/admin/invitations'] }],
    'people.view': [{ http: ['GET', '/api/staff'] }],
    'departments.manage': [{ http: ['PUT', `/api/admin/departments/${nobody}`, { expectedVersion: 1, name: '无', code: 'none', duty: '', leader: '', verified: false, archived: false }] }],
    'settings.manage': [{ http: ['GET', '/api/admin/settings'] }, { http: ['PUT', '/api/admin/settings/security', { expectedVersion: 999, value: { secondFactor: 'nobody' } }] }],
    'sessions.oversee': [{ http: ['GET', '/api/admin/sessions'] }],
    'system.view': [{ http: ['GET', '/api/admin/health'] }, { http: ['GET', '/api/admin/storage'] }, { http: ['GET', '/api/admin/work'] }],
    'retention.run': [{ http: ['GET', '/api/admin/retention/preview'] }],
    'audit.view': [{ http: ['GET', '/api/admin/audit'] }],
    'audit.export': [{ http: ['GET', '/api/admin/audit.csv'] }],
    'identity.look_up': [{ http: ['POST', '/api/admin/look-ups', { sessionId, subject: 'question', id: nobody, reason: '有人投诉，需要核实' }] }],
  }
})

/** What the server says no with, or null when the permission was there, whatever came of it. */
async function refusal(who: TestClient, attempt: Try): Promise<string | null> {
  if ('socket' in attempt) {
    const [event, payload] = attempt.socket
    const answer = (await who.ask(event, typeof payload === 'function' ? payload() : payload)) as { ok: boolean; error?: { code: string } }
    return answer.ok ? null : (answer.error?.code ?? 'none')
  }
  const [method, path, body] = attempt.http
  const response = await who.person.fetch(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }) })
  if (response.ok) return null
  return ((await response.json()) as { error: { code: string } }).error.code
}

describe.each(roleSchema.options)('a %s', (role) => {
  test.each(ALL_PERMISSIONS)('%s', async (permission) => {
    const who = people.get(role)
    if (!who) throw new Error(`nobody is ${role}`)
    const allowed = may({ personId: who.person.personId, roles: ['participant', role] }, permission)
    for (const attempt of tries[permission]) {
      const said = await refusal(who, attempt)
      expect(['invalid_input', 'internal', 'rate_limited'], `${JSON.stringify(attempt)} is a request that is understood`).not.toContain(said)
      if (allowed) expect(said, JSON.stringify(attempt)).not.toBe('forbidden')
      else expect(said, JSON.stringify(attempt)).toBe('forbidden')
    }
  })
})
