import { randomUUID } from 'node:crypto'
import { createAccountStore } from '../../server/accounts/store.ts'
import { createForumStore } from '../../server/forums/store.ts'
import type { Attendee, AttendeeAct, CheckIn, InviteAttendees, SetAttendance } from '../../shared/attendance.ts'
import type { Forum } from '../../shared/forums.ts'
import type { CreateSession, Phase } from '../../shared/sessions.ts'
import { openDesk } from './desk.ts'
import type { Engine } from './engines.ts'

/** What of an act is left when its version is looked up. */
type ActOf<A> = A extends AttendeeAct ? Omit<A, 'expectedVersion'> : never
type Invited = InviteAttendees['attendees'][number]

const forum = (name: string): Forum => ({ id: randomUUID(), name, code: randomUUID().slice(0, 8), origins: [], contact: '', members: 100, archived: false, version: 1 })

/** A symposium with two forums and a door, over a new database, without a network. */
export async function openHall(engine: Engine, { phase = 'announced', over = {}, settings = {} }: { phase?: Phase; over?: Partial<CreateSession>; settings?: Partial<SetAttendance> } = {}) {
  const desk = await openDesk(engine, phase, {}, { kind: 'symposium', ...over })
  const { core, database, sessionId, host } = desk
  const { office, replies, door } = core.attendance
  const [mountain, river] = [forum('山城论坛'), forum('江边论坛')]
  await database.transact(async (tx) => {
    for (const one of [mountain, river]) await createForumStore(tx).insert(one)
  })
  const defaults: Omit<SetAttendance, 'expectedVersion'> = { venue: '县行政中心一楼', seats: 0, quotas: [], applyUntil: null }
  await office.set(host, sessionId, { expectedVersion: 0, ...defaults, ...settings }, '')

  /** By link: a new person who holds `role`. */
  async function holding(grantId: string): Promise<string> {
    const personId = randomUUID()
    await database.transact((tx) => createAccountStore(tx).hold(personId, grantId, desk.now().toISOString()))
    return personId
  }
  const helperGrant = randomUUID()
  await core.links.create(host, sessionId, { id: helperGrant, role: 'helper', name: '东门' }, '')

  const list = () => office.list(host, sessionId)
  const line = async (id: string): Promise<Attendee> => {
    const found = (await list()).attendees.find((attendee) => attendee.id === id)
    if (!found) throw new Error('nobody on the list has this id')
    return found
  }
  const stored = async (id: string) => {
    const row = await database.read.selectFrom('attendees').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new Error('nobody on the list has this id')
    return row
  }
  return {
    ...desk,
    mountain,
    river,
    helper: await holding(helperGrant),
    list,
    line,
    stored,
    set: async (input: Partial<SetAttendance>) => {
      const { settings: now } = await list()
      const { venue, seats, quotas, applyUntil } = now
      return office.set(host, sessionId, { venue, seats, quotas, applyUntil, expectedVersion: now.version, ...input }, '')
    },
    /** Invites one. @returns the line's id, and a person who opened the link */
    async invite(over: Partial<Invited> = {}): Promise<{ id: string; personId: string }> {
      const id = randomUUID()
      await office.invite(host, sessionId, { attendees: [{ id, name: '王先生', forumId: null, phone: null, ...over }] }, '')
      const { grantId } = await stored(id)
      return { id, personId: await holding(grantId ?? '') }
    },
    act: async (id: string, act: ActOf<AttendeeAct>) => office.act(host, sessionId, id, { ...act, expectedVersion: (await line(id)).version }, ''),
    reply: (personId: string, coming = true) => replies.reply(personId, sessionId, coming),
    own: (personId: string) => replies.own(personId, sessionId),
    apply: (personId: string, over: Partial<Parameters<typeof replies.apply>[2]> = {}) => replies.apply(personId, sessionId, { id: randomUUID(), name: '赵女士', phone: null, note: '想谈加装电梯', ...over }, randomUUID()),
    /** What a door reports now. */
    report: (attendeeId: string, over: Partial<CheckIn> = {}): CheckIn => ({ id: randomUUID(), attendeeId, at: desk.now().toISOString(), undo: false, walkIn: null, ...over }),
    checkIn: (reports: CheckIn[], by: string) => door.checkIn(by, sessionId, reports),
    /** Events that `audience` was told since `seq`. */
    async told(audience: string, seq = 0) {
      const head = (await core.stores.sessions.byId(sessionId))?.seq ?? 0
      return (await core.stores.events.after(sessionId, seq, head, [audience])).map(({ event }) => event)
    },
  }
}
export type TestHall = Awaited<ReturnType<typeof openHall>>
