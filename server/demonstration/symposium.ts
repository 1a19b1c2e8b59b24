import { randomUUID } from 'node:crypto'
import { queueOf } from '../../shared/rules/floor.ts'
import { countyDate } from '../../shared/rules/county.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import type { Guest } from '../../shared/sessions.ts'
import type { Core } from '../core.ts'
import { askQuestions, playFates } from './questions.ts'
import { FORUMS, symposium } from './symposiumScript.ts'

const MINUTE = 60_000
/** Time of a speaker from the floor, in seconds. */
const SPEAKING = 180

/** Every use case, and the clock that it follows, set to so many minutes before the end of the play. Each look at it takes `step` milliseconds. */
type Stage = { core: Core; clock: (minutesLeft: number, step?: number) => void }
type Scene = { core: Core; sessionId: string; host: string; guests: Guest[] }

/** Forums are kept by their code: a first start may have been broken off. @returns their ids, in the order of FORUMS */
async function seedForums(core: Core, host: string): Promise<string[]> {
  const ids = new Map((await core.forums.all(host)).map(({ code, id }) => [code, id]))
  for (const forum of FORUMS.filter(({ code }) => !ids.has(code))) {
    const { id } = await core.forums.create(host, '', { id: randomUUID(), ...forum, origins: [`https://${forum.code}.example`], contact: '' })
    ids.set(forum.code, id)
  }
  return FORUMS.map(({ code }) => ids.get(code) ?? '')
}

/** Invites, takes applications, gives places and seats. @returns the attendees' ids, in the order of the script */
async function seedAttendance({ core, sessionId, host }: Scene, forums: readonly string[], applyUntil: string): Promise<string[]> {
  const { office, replies } = core.attendance
  const { venue, seats, quotas } = symposium
  await office.set(host, sessionId, { expectedVersion: 0, venue, seats, quotas: quotas.map((count, place) => ({ forumId: forums[place] ?? '', seats: count })), applyUntil }, '')
  const people = symposium.attendees.map((attendee) => ({ ...attendee, id: randomUUID(), forumId: attendee.forum === null ? null : (forums[attendee.forum] ?? null) }))
  await office.invite(host, sessionId, { attendees: people.filter(({ forum }) => forum !== null).map(({ id, name, forumId }) => ({ id, name, forumId, phone: null })) }, '')
  for (const { id, name, fate, note = '' } of people.filter(({ forum }) => forum === null)) {
    const applicant = randomUUID()
    await replies.apply(applicant, sessionId, { id, name, phone: null, note }, '')
    if (fate === 'declined') await replies.reply(applicant, sessionId, false)
  }
  for (const { id, fate } of people) {
    if (fate === 'accepted') await office.act(host, sessionId, id, { action: 'accept', expectedVersion: 1 }, '')
    if (fate === 'refused') await office.act(host, sessionId, id, { action: 'refuse', expectedVersion: 1, reason: '报名人数已满，请在线上参加。' }, '')
  }
  await office.seat(host, sessionId, { rows: 5, perRow: 8 }, '')
  return people.map(({ id }) => id)
}

async function letIn({ core, sessionId, host }: Scene, attendees: readonly string[], at: string): Promise<void> {
  const arriving = symposium.attendees.flatMap(({ arrives }, place) => (arrives ? [attendees[place] ?? ''] : []))
  await core.attendance.door.checkIn(host, sessionId, arriving.map((attendeeId) => ({ id: randomUUID(), attendeeId, at, undo: false, walkIn: null })))
}

/** The hands of the script, in their order. @returns the people behind those who are at home, by hand */
async function raiseHands({ core, sessionId, host }: Scene, attendees: readonly string[], topics: readonly string[]): Promise<Map<string, string>> {
  const atHome = new Map<string, string>()
  for (const { name, attendee, topic, about } of symposium.hands) {
    const id = randomUUID()
    const wish = { sessionId, id, topicId: topics[topic] ?? null, tableId: null, about }
    if (attendee !== null) await core.floor.raiseFor(host, { ...wish, attendeeId: attendees[attendee] ?? null, name, seat: '' })
    else {
      const person = randomUUID()
      atHome.set(id, person)
      await core.floor.raise(person, '', { ...wish, name, questionId: null })
    }
  }
  return atHome
}

/** Gives the floor to whose turn it is: at once in the hall, on camera from home. @returns what takes it back */
async function callNext({ core, sessionId, host }: Scene, atHome: ReadonlyMap<string, string>): Promise<() => Promise<void>> {
  const { snapshot } = await core.sync.join(host, { sessionId, as: 'desk', since: null })
  const [next] = queueOf(snapshot?.hands ?? [])
  if (!next) throw new Error('nobody waits')
  const hand = { sessionId, handId: next.id }
  let { version } = next
  const person = atHome.get(next.id)
  if (person !== undefined) {
    version = await core.floor.act(host, { ...hand, expectedVersion: version, action: 'invite', reason: '' })
    for (const action of ['accept', 'ready'] as const) version = await core.floor.act(person, { ...hand, expectedVersion: version, action })
  }
  version = await core.floor.act(host, { ...hand, expectedVersion: version, action: 'start', seconds: SPEAKING, reason: '' })
  return async () => void (await core.floor.act(host, { ...hand, expectedVersion: version, action: 'finish' }))
}

/** Plays a symposium into the database that is on air now: the briefing took a little too long, representatives speak in turn. */
export async function playSymposium({ core, clock }: Stage, { host, sessionId, departments, now }: { host: string; sessionId: string; departments: ReadonlyMap<string, string>; now: number }): Promise<void> {
  const at = (minutesLeft: number) => new Date(now - minutesLeft * MINUTE).toISOString()
  const guests: Guest[] = symposium.guests.map((guest) => ({ ...guest, id: randomUUID(), pictureId: null, departmentId: departments.get(guest.department) ?? null, spokesperson: false }))
  const topics = symposium.topics.map((name) => ({ id: randomUUID(), name }))
  const scene: Scene = { core, sessionId, host, guests }

  clock(90)
  const forums = await seedForums(core, host)
  const { title, topic, introduction } = symposium
  let { version } = await core.sessions.create(host, { id: sessionId, kind: 'symposium', title, topic, introduction, startsAt: at(27), plannedMinutes: 90, guests, settings: { ...DEFAULT_SETTINGS, topics } })
  // Whoever tries this out may come back to it next month.
  for (const { id } of await core.links.list(host, sessionId)) await core.links.act(host, sessionId, id, { action: 'expire', at: null }, '')
  const items = symposium.agenda.map(({ guests: speakers, ...item }) => ({ ...item, id: randomUUID(), speakers: speakers.flatMap((place) => guests[place] ?? []).map(({ id, name }) => ({ guestId: id, name })), questionIds: [] }))
  let agenda = await core.agenda.save(host, { sessionId, expectedVersion: 0, items })
  const attendees = await seedAttendance(scene, forums, at(30))

  clock(60)
  const people = Array.from({ length: 30 }, () => randomUUID())
  const play = { sessionId, host, people, topicIds: topics.map(({ id }) => id), guestIds: guests.map(({ id }) => id) }
  const asked = await askQuestions(core, play, symposium.questions)

  clock(35)
  await letIn(scene, attendees, at(32))
  ;({ version } = await core.sessions.phase(host, { sessionId, action: 'open_backstage', expectedVersion: version }))
  for (const guest of guests) await core.sessions.admit(host, { sessionId, seatId: guest.id, onAir: true })
  ;({ version } = await core.announcements.announce(host, sessionId, { expectedVersion: version, text: symposium.announcement }, ''))

  clock(26)
  await core.sessions.phase(host, { sessionId, action: 'start', expectedVersion: version })
  agenda = await core.agenda.act(host, { sessionId, expectedVersion: agenda.version, action: 'go', itemId: items[0]?.id ?? null })

  clock(18, 5_000)
  await playFates(core, play, asked)
  for (const { kind, question, guest, text, inDays } of symposium.spots) {
    const dueOn = inDays === null ? null : countyDate(now + inDays * 24 * 60 * MINUTE)
    const who = guests[guest]
    await core.spots.save(host, { sessionId, id: randomUUID(), expectedVersion: null, kind, questionId: asked[question]?.id ?? null, handId: null, guestId: who?.id ?? null, who: who?.name ?? '', departmentId: null, text, dueOn })
  }

  clock(8, 2_000)
  await core.agenda.act(host, { sessionId, expectedVersion: agenda.version, action: 'go', itemId: items[1]?.id ?? null })
  const { snapshot } = await core.sync.join(host, { sessionId, as: 'desk', since: null })
  await core.floor.set(host, { sessionId, expectedVersion: snapshot?.floor.version ?? 0, open: true, seconds: SPEAKING, tables: [] })
  const atHome = await raiseHands(scene, attendees, play.topicIds)
  for (const minutes of [7, 4]) {
    clock(minutes)
    const finish = await callNext(scene, atHome)
    clock(minutes - 2.5)
    await finish()
  }
  clock(0.5)
  await callNext(scene, atHome)
}
