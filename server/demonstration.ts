import { randomUUID } from 'node:crypto'
import { createCore } from './core.ts'
import type { Core } from './core.ts'
import type { App } from './app.ts'
import { OPERATOR } from './accounts/operator.ts'
import { createSigner } from './accounts/tokens.ts'
import type { Config } from './config.ts'
import { DEFAULT_SETTINGS } from '../shared/sessions.ts'
import type { CreateSession, Guest } from '../shared/sessions.ts'
import { playPoll } from './demonstration/polls.ts'
import { askQuestions, playFates } from './demonstration/questions.ts'
import { announcedInterview, liveInterview, pastInterview } from './demonstration/scripts.ts'
import type { Script } from './demonstration/scripts.ts'
import { seedDepartments, seedSite } from './demonstration/site.ts'
import { playSymposium } from './demonstration/symposium.ts'

export type DemonstrationLinks = { resident: string; host: string; guest: string }

const HOUR = 3_600_000

/**
 * Fills an empty database with an interview that is on air, one announced and one past, and a symposium that is on air, through the same use cases that people use.
 * @returns the three sign-in links, also on later starts; null when the database holds sessions of its own
 */
export async function seedDemonstration(app: App, config: Config): Promise<DemonstrationLinks | null> {
  const [operator] = OPERATOR
  const sessions = await app.core.sessions.list()
  let liveId = sessions.find((session) => session.id.startsWith(DEMO_PREFIX) && session.kind === 'interview' && session.phase === 'live')?.id
  if (sessions.length === 0) {
    const hostPerson = randomUUID()
    await app.core.operator.give(hostPerson)
    const departments = await seedDepartments(app.core, hostPerson)
    const start = Date.now()
    await play(app, config, { hostPerson, departments }, pastInterview, start - 21 * 24 * HOUR)
    await play(app, config, { hostPerson, departments }, announcedInterview, start - HOUR)
    liveId = await play(app, config, { hostPerson, departments }, liveInterview, start - HOUR / 5)
    await showSymposium(app, config, { hostPerson, departments }, start)
    await seedSite(app.core, hostPerson)
  }
  if (!liveId) return null
  const [first] = (await app.core.sessions.get(liveId)).guests
  const grants = await app.core.stores.accounts.grantsOfSession(liveId)
  const seat = grants.find((grant) => grant.role === 'guest' && grant.guestId === first?.id)
  const [host, guest] = await Promise.all([operator.id, seat?.id ?? ''].map((id) => app.core.links.address(id)))
  return host && guest ? { resident: `${config.publicUrl}/s/${liveId}`, host, guest } : null
}

const DEMO_PREFIX = 'demo'
const ANSWER_SECONDS = 180

const newSessionId = () => `${DEMO_PREFIX}${randomUUID().replaceAll('-', '').slice(0, 8)}`

/** Every use case by a clock of its own. */
const coreAt = ({ database }: App, { secret, publicUrl }: Config, now: () => Date): Core =>
  createCore({ database, signer: createSigner(secret), secret, publicUrl, now, committed: () => {}, watching: () => 0 })

/** A symposium that is half through at `now` (milliseconds). */
async function showSymposium(app: App, config: Config, { hostPerson, departments }: { hostPerson: string; departments: Map<string, string> }, now: number): Promise<void> {
  let time = now
  let step = 1
  const core = coreAt(app, config, () => new Date((time += step)))
  const clock = (minutesLeft: number, milliseconds = 1) => {
    time = now - minutesLeft * 60_000
    step = milliseconds
  }
  await playSymposium({ core, clock }, { host: hostPerson, sessionId: newSessionId(), departments, now })
}

/** Plays a script with a clock of its own, which begins at `from` (milliseconds) and moves with each step. @returns the session's id */
async function play(app: App, config: Config, { hostPerson, departments }: { hostPerson: string; departments: Map<string, string> }, script: Script, from: number): Promise<string> {
  let clock = from
  const tick = () => new Date((clock += script.secondsPerStep * 1_000))
  const core = coreAt(app, config, tick)
  const sessionId = newSessionId()
  const guests: Guest[] = script.guests.map((guest) => ({ ...guest, id: randomUUID(), pictureId: null, departmentId: departments.get(guest.department) ?? null, spokesperson: false }))
  const topics = script.topics.map((name) => ({ id: randomUUID(), name }))
  const input: CreateSession = {
    id: sessionId,
    kind: 'interview',
    title: script.title,
    topic: script.topic,
    introduction: script.introduction,
    startsAt: new Date(from + script.startsInMinutes * 60_000).toISOString(),
    plannedMinutes: 90,
    guests,
    settings: { ...DEFAULT_SETTINGS, topics, rule: script.rule, answerSeconds: ANSWER_SECONDS },
  }
  let { version } = await core.sessions.create(hostPerson, input)
  // Whoever tries this out may come back to it next month.
  for (const { id } of await core.links.list(hostPerson, sessionId)) await core.links.act(hostPerson, sessionId, id, { action: 'expire', at: null }, '')
  const advance = async (action: Script['phases'][number]) => {
    version = (await core.sessions.phase(hostPerson, { sessionId, action, expectedVersion: version })).version
  }

  const people = Array.from({ length: script.voters }, () => randomUUID())
  const scene = { sessionId, host: hostPerson, people, topicIds: topics.map(({ id }) => id), guestIds: guests.map(({ id }) => id) }
  const asked = await askQuestions(core, scene, script.questions)
  for (const action of script.phases.filter((phase) => phase === 'open_backstage')) await advance(action)
  for (const guest of script.phases.includes('open_backstage') ? guests : []) await core.sessions.admit(hostPerson, { sessionId, seatId: guest.id, onAir: true })
  for (const action of script.phases.filter((phase) => phase === 'start')) await advance(action)
  await playFates(core, scene, asked)
  for (const poll of script.polls) await playPoll(core, hostPerson, sessionId, people, poll)
  for (const line of script.chat) await core.chat.send(randomUUID(), '', { sessionId, id: randomUUID(), text: line.text, name: line.name })
  for (const action of script.phases.filter((phase) => phase === 'end' || phase === 'archive')) await advance(action)
  return sessionId
}
