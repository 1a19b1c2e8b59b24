import { expect, test } from 'vitest'
import { countyDate } from '../../shared/rules/county.ts'
import { agendaClock } from '../../shared/rules/agenda.ts'
import { queueOf } from '../../shared/rules/floor.ts'
import type { AttendanceList } from '../../shared/attendance.ts'
import type { LedgerCheck } from '../../shared/ledger.ts'
import type { PublicForum } from '../../shared/forums.ts'
import type { SessionSummary } from '../../shared/sessions.ts'
import { client } from '../support/client.ts'
import { createPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

test('there is everything to try: an interview on air, whose links are printed, and a symposium half through', async () => {
  const server = await startServer({ demonstration: true })
  const host = await createPerson(server.url, { link: server.links.host })
  const sessions = await host.get<SessionSummary[]>('/api/sessions')
  expect(sessions.map(({ kind, phase }) => `${kind} ${phase}`).sort()).toEqual(['interview announced', 'interview archived', 'interview live', 'symposium live'])
  expect(server.links.resident).toContain(sessions.find(({ kind, phase }) => kind === 'interview' && phase === 'live')?.id)

  const { id: sessionId } = sessions.find(({ kind }) => kind === 'symposium')!
  const desk = await client(server.url, { person: host })
  const { snapshot, now } = await desk.request('session:join', { sessionId, as: 'desk', since: null })
  const { session, agenda, floor, hands, spots, questions, moderation } = snapshot!
  expect(session.guests).toHaveLength(4)
  expect(session.announcement?.text).not.toBe('')
  expect(agenda.items).toHaveLength(4)
  const clock = agendaClock(agenda, session.startsAt, Date.parse(now))
  expect(clock?.item.kind).toBe('representatives')
  expect(clock?.late).toBeGreaterThan(60_000)
  expect(floor.open).toBe(true)
  expect(hands.filter(({ state }) => state === 'spoke')).toHaveLength(2)
  expect(hands.filter(({ state, camera }) => state === 'speaking' && !camera)).toHaveLength(1)
  expect(queueOf(hands)).toHaveLength(5)
  expect(spots.map(({ kind }) => kind)).toEqual(['answer', 'promise', 'task'])
  for (const { dueOn } of spots) if (dueOn !== null) expect(dueOn > countyDate(now)).toBe(true)
  expect(questions.some(({ forum }) => forum !== null)).toBe(true)
  expect(moderation?.hall.code).toMatch(/^\d{6}$/)
  expect(moderation?.hall.figures).toMatchObject({ invited: 3, applied: 1, refused: 1, declined: 1, checkedIn: 10 })

  const { attendees } = await host.get<AttendanceList>(`/api/sessions/${sessionId}/attendance`)
  expect(attendees.filter(({ state }) => state === 'accepted').every(({ seat }) => seat !== '')).toBe(true)
  const forums = await host.get<PublicForum[]>('/api/forums')
  expect(forums).toHaveLength(8)
  expect(forums.reduce((sum, { members }) => sum + members, 0)).toBe(220_000)
  for (const { id } of sessions) expect(await host.get<LedgerCheck>(`/api/sessions/${id}/ledger/check`)).toMatchObject({ ok: true })

  const { links } = server
  await server.restart()
  expect(server.links).toEqual(links)
  expect(await host.get<SessionSummary[]>('/api/sessions')).toHaveLength(4)
})
