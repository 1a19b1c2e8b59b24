import { randomUUID } from 'node:crypto'
import { createCore } from './core.ts'
import type { App } from './app.ts'
import { createSigner } from './accounts/tokens.ts'
import type { Config } from './config.ts'
import { DEFAULT_SETTINGS } from '../shared/sessions.ts'
import type { CreateSession, Guest } from '../shared/sessions.ts'
import type { SubmitQuestion } from '../shared/questions.ts'
import { playPoll } from './demonstration/polls.ts'
import { announcedInterview, liveInterview, pastInterview } from './demonstration/scripts.ts'
import type { Script } from './demonstration/scripts.ts'

export type DemonstrationLinks = { resident: string; host: string; guest: string }

const HOUR = 3_600_000

/**
 * Fills an empty database with an interview that is on air, one announced and one past, through the same use cases that people use.
 * @returns the three sign-in links, also on later starts; null when the database holds sessions of its own
 */
export async function seedDemonstration(app: App, config: Config): Promise<DemonstrationLinks | null> {
  const host = await app.core.accounts.platformHost()
  const sessions = await app.core.sessions.list()
  let liveId = sessions.find((session) => session.id.startsWith(DEMO_PREFIX) && session.phase === 'live')?.id
  if (sessions.length === 0) {
    const hostPerson = randomUUID()
    await app.core.accounts.accept(hostPerson, createSigner(config.secret).sign('link', host.id))
    const start = Date.now()
    await play(app, config, hostPerson, pastInterview, start - 21 * 24 * HOUR)
    await play(app, config, hostPerson, announcedInterview, start - HOUR)
    liveId = await play(app, config, hostPerson, liveInterview, start - HOUR / 5)
  }
  if (!liveId) return null
  const [first] = (await app.core.sessions.get(liveId)).guests
  const grants = await app.core.stores.accounts.grantsOfSession(liveId)
  const guest = grants.find((grant) => grant.role === 'guest' && grant.guestId === first?.id)
  if (!guest) return null
  return { resident: `${config.publicUrl}/s/${liveId}`, host: app.core.accounts.linkFor(host).url, guest: app.core.accounts.linkFor(guest).url }
}

const DEMO_PREFIX = 'demo'

/** Plays a script with a clock of its own, which begins at `from` (milliseconds) and moves with each step. @returns the session's id */
async function play(app: App, config: Config, hostPerson: string, script: Script, from: number): Promise<string> {
  let clock = from
  const tick = () => new Date((clock += script.secondsPerStep * 1_000))
  const core = createCore({
    database: app.database,
    signer: createSigner(config.secret),
    secret: config.secret,
    publicUrl: config.publicUrl,
    now: tick,
    committed: () => {},
    watching: () => 0,
  })
  const sessionId = `${DEMO_PREFIX}${randomUUID().replaceAll('-', '').slice(0, 8)}`
  const guests: Guest[] = script.guests.map((guest) => ({ ...guest, id: randomUUID(), pictureId: null }))
  const input: CreateSession = {
    id: sessionId,
    kind: 'interview',
    title: script.title,
    topic: script.topic,
    introduction: script.introduction,
    startsAt: new Date(from + script.startsInMinutes * 60_000).toISOString(),
    plannedMinutes: 90,
    guests,
    settings: DEFAULT_SETTINGS,
  }
  let { version } = await core.sessions.create(hostPerson, input)
  const advance = async (action: Script['phases'][number]) => {
    version = (await core.sessions.phase(hostPerson, { sessionId, action, expectedVersion: version })).version
  }

  const people = Array.from({ length: script.voters }, () => randomUUID())
  const asked: SubmitQuestion[] = []
  for (const [index, line] of script.questions.entries()) {
    const question: SubmitQuestion = { sessionId, id: randomUUID(), text: line.text, name: line.name, topicId: null, pictureId: null, follows: null }
    await core.questions.submit(people[index] ?? randomUUID(), '', question)
    asked.push(question)
  }
  for (const action of script.phases.filter((phase) => phase === 'open_backstage')) await advance(action)
  for (const guest of script.phases.includes('open_backstage') ? guests : []) await core.sessions.admit(hostPerson, { sessionId, seatId: guest.id, onAir: true })
  for (const action of script.phases.filter((phase) => phase === 'start')) await advance(action)

  const act = (index: number, action: 'approve' | 'answer', expectedVersion: number) =>
    core.questions.act(hostPerson, { sessionId, questionId: asked[index]?.id ?? '', action, expectedVersion })
  for (const [index, line] of script.questions.entries()) {
    const questionId = asked[index]?.id ?? ''
    if (line.fate === 'pending') continue
    if (line.fate === 'declined') {
      await core.questions.act(hostPerson, { sessionId, questionId, action: 'decline', expectedVersion: 1, code: line.code, reason: line.reason })
      continue
    }
    await act(index, 'approve', 1)
    await Promise.all(people.slice(0, line.votes).map((personId) => core.votes.vote(personId, { address: '', userAgent: '' }, { sessionId, questionId, up: true })))
    if (line.fate === 'answered' || line.fate === 'asking') await core.questions.act(hostPerson, { sessionId, questionId, action: 'air', expectedVersion: 2, replacing: null, seconds: 0 })
    if (line.fate === 'answered') await act(index, 'answer', 3)
  }
  for (const poll of script.polls) await playPoll(core, hostPerson, sessionId, people, poll)
  for (const line of script.chat) await core.chat.send(randomUUID(), '', { sessionId, id: randomUUID(), text: line.text, name: line.name })
  for (const action of script.phases.filter((phase) => phase === 'end' || phase === 'archive')) await advance(action)
  return sessionId
}
