import { randomUUID } from 'node:crypto'
import type { SignInLink } from '../../shared/accounts.ts'
import type { SubmitQuestion } from '../../shared/questions.ts'
import type { PhaseAction } from '../../shared/rules/sessionLifecycle.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import type { CreateSession, Guest, SessionView } from '../../shared/sessions.ts'
import { client } from './client.ts'
import type { TestClient } from './client.ts'
import { createPerson } from './person.ts'
import type { TestServer } from './server.ts'

/** Ten characters [a-z0-9]. */
export const newSessionId = () => randomUUID().replaceAll('-', '').slice(0, 10)

export const guest = (name = '周建国'): Guest => ({ id: randomUUID(), name, post: '局长', department: '住房和城乡建设局', pictureId: null, departmentId: null, spokesperson: false })

export function sessionInput(over: Partial<CreateSession> = {}): CreateSession {
  return {
    id: newSessionId(),
    kind: 'interview',
    title: '住建局在线访谈',
    topic: '查违拆违',
    introduction: '欢迎提问。',
    startsAt: '2026-11-22T01:30:00.000Z',
    plannedMinutes: 90,
    guests: [guest()],
    settings: DEFAULT_SETTINGS,
    ...over,
  }
}

export const questionInput = (sessionId: string, text = '老旧小区加装电梯怎么申请？'): SubmitQuestion => ({ sessionId, id: randomUUID(), text, name: null, topicId: null, pictureId: null, follows: null })

/** The way from a new session to each phase. */
export const WAY_TO: Record<SessionView['phase'], PhaseAction[]> = {
  announced: [],
  backstage: ['open_backstage'],
  live: ['open_backstage', 'start'],
  paused: ['open_backstage', 'start', 'pause'],
  ended: ['open_backstage', 'start', 'end'],
  archived: ['open_backstage', 'start', 'end', 'archive'],
  cancelled: ['cancel'],
}

export type OpenedSession = {
  sessionId: string
  session: SessionView
  /** The installation's host, connected, who made the session. */
  host: TestClient
  /** Signs a new person in by the session's own link for `role` and connects them. */
  join: (role: 'host' | 'moderator' | 'guest') => Promise<TestClient>
}

/** A new session on `server` in `phase`, made as people make one: over HTTP and the socket. */
export async function openSession(server: { url: string; links: Pick<TestServer['links'], 'host'> }, phase: SessionView['phase'] = 'live', over: Partial<CreateSession> = {}): Promise<OpenedSession> {
  const person = await createPerson(server.url, { link: server.links.host })
  const host = await client(server.url, { person })
  let session = await person.send<SessionView>('POST', '/api/sessions', sessionInput(over))
  for (const action of WAY_TO[phase]) {
    session = (await host.request('session:phase', { sessionId: session.id, action, expectedVersion: session.version })).session
  }
  return {
    sessionId: session.id,
    session,
    host,
    async join(role) {
      const links = await person.get<SignInLink[]>(`/api/sessions/${session.id}/links`)
      const link = links.find((candidate) => candidate.role === role)
      if (!link) throw new Error(`the session has no link for a ${role}`)
      return client(server.url, { person: await createPerson(server.url, { link: link.url }) })
    },
  }
}
