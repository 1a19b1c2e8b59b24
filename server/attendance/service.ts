import type { AssignSeats, AttendanceList, AttendeeAct, AttendeeState, InviteAttendees, SetAttendance } from '../../shared/attendance.ts'
import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { InputIssue } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import { linkExpiry } from '../accounts/rules.ts'
import { auditActor } from '../audit/actor.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { sessionView } from '../sessions/rules.ts'
import { requireOpen, requireSymposium, takeLink } from './facts.ts'
import { attendeeTelling } from './notices.ts'
import type { Phones } from './phones.ts'
import { hasPlace, invitable, moved } from './rules.ts'
import type { StoredAttendee } from './rules.ts'
import { assignSeats } from './seating.ts'
import { settle, tellHall } from './settling.ts'
import type { AttendanceViews } from './viewing.ts'

/** Lines that one session's list may have, those who declined and applied among them. */
const MOST = 3 * LIMITS.hallSeats

/** From where the office takes each step. */
const FROM: Record<'accept' | 'refuse' | 'cancel', readonly AttendeeState[]> = {
  accept: ['invited', 'waiting', 'applied', 'refused', 'declined'],
  refuse: ['waiting', 'applied'],
  cancel: ['invited', 'accepted', 'waiting', 'applied', 'declined'],
}

/** What the county's office does with those who come to a symposium. */
export function createAttendanceService(deps: {
  access: Access
  commit: CommitToSession
  views: AttendanceViews
  phones: Phones
  /** Whether messages can be sent to phones. */
  sms: () => Promise<boolean>
  /** Six digits. */
  newHallCode: () => string
  newId: () => string
  forget: (personId: string) => void
}) {
  const { access, commit, views, phones, sms, newHallCode, newId, forget } = deps

  /** Everybody's hall: what everybody may know of it goes out with the session. */
  function tellSession(tx: SessionCommit): void {
    tx.emit('public', { type: 'session', session: sessionView(tx.session) })
  }

  /** @throws RefusedError `invalid_input` naming a forum that there is not, or no longer, or that has no seats left */
  async function checkForums(tx: SessionCommit, list: readonly StoredAttendee[], fresh: readonly (InviteAttendees['attendees'][number] & { index: number })[]): Promise<void> {
    const forums = await tx.forums.all()
    const left = new Map<string | null, number>()
    const issues: InputIssue[] = []
    for (const { forumId, index } of fresh) {
      if (forumId === null) continue
      if (!forums.some(({ id, archived }) => id === forumId && !archived)) issues.push({ path: `attendees.${index}.forumId`, code: 'not_found' })
      const seats = left.get(forumId) ?? invitable(list, tx.session.attendance, forumId)
      if (seats <= 0) issues.push({ path: `attendees.${index}`, code: 'over_quota' })
      left.set(forumId, seats - 1)
    }
    if (issues.length > 0) throw new RefusedError('invalid_input', { issues })
  }

  /** Another invitation: a line, and the link that signs in whoever opens it. */
  async function invited(tx: SessionCommit, { id, name, forumId, phone }: InviteAttendees['attendees'][number], createdAt: string): Promise<StoredAttendee> {
    const grantId = newId()
    await tx.accounts.insertGrant({ id: grantId, sessionId: tx.session.id, role: 'representative', guestId: null, name, accountId: null }, tx.now, linkExpiry(tx.session, tx.now))
    return {
      id,
      sessionId: tx.session.id,
      forumId,
      name,
      ...phones.keep(phone),
      state: 'invited',
      waitingSince: null,
      seat: '',
      tableId: null,
      note: '',
      reason: '',
      grantId,
      personId: null,
      createdAt,
      repliedAt: null,
      remindedAt: null,
      checkedInAt: null,
      checkedInBy: null,
      version: 1,
    }
  }

  /** What `act` makes of somebody. @throws RefusedError `wrong_state`, `invalid_input` for a table that there is not */
  async function changed(tx: SessionCommit, attendee: StoredAttendee, act: AttendeeAct, gateway: boolean): Promise<StoredAttendee> {
    if (act.action === 'edit') {
      const { name, seat, tableId, note } = act
      if (tableId !== null && tableId !== attendee.tableId && !tx.session.floor.tables.some(({ id }) => id === tableId)) throw new RefusedError('invalid_input', { issues: [{ path: 'tableId', code: 'not_found' }] })
      if (attendee.grantId !== null && name !== attendee.name) await tx.accounts.rename(attendee.grantId, name)
      return { ...attendee, name, seat, tableId, note, version: attendee.version + 1 }
    }
    if (!FROM[act.action].includes(attendee.state)) throw new RefusedError('wrong_state', { current: await views.one(tx, attendee.id, gateway) })
    switch (act.action) {
      case 'accept': {
        const place = hasPlace(await tx.attendance.inSession(tx.session.id), tx.session.attendance, attendee.forumId)
        return { ...moved(attendee, place ? 'accepted' : 'waiting', tx.now), reason: '', repliedAt: attendee.repliedAt ?? tx.now }
      }
      case 'refuse':
        return { ...moved(attendee, 'refused', tx.now), reason: act.reason }
      case 'cancel':
        return moved(attendee, 'cancelled', tx.now)
    }
  }

  return {
    /** @throws RefusedError `forbidden`, `not_found`, `wrong_state` for an interview */
    async list(personId: string, sessionId: string): Promise<AttendanceList> {
      await access.require(personId, sessionId, 'attendance.manage')
      return views.list(sessionId)
    },

    /**
     * Venue, seats, quotas and until when residents may apply. Fewer seats than are taken may be set: nobody loses a place, and none is given until there is one. The first time makes the
     * hall's code.
     * @throws RefusedError `forbidden`, `not_found`, `stale` with the settings as they are, `wrong_state` for an interview, `invalid_input` for a forum that there is not
     */
    async set(personId: string, sessionId: string, { expectedVersion, ...input }: SetAttendance, address: string): Promise<AttendanceList> {
      await access.require(personId, sessionId, 'attendance.manage')
      const [actor, gateway] = await Promise.all([auditActor(access, personId, address), sms()])
      await commit(sessionId, async (tx) => {
        requireSymposium(tx.session)
        const { version, hallCode } = tx.session.attendance
        if (version !== expectedVersion) throw new RefusedError('stale', { current: tx.session.attendance })
        const forums = new Set((await tx.forums.all()).map(({ id }) => id))
        const issues = input.quotas.flatMap(({ forumId }, index) => (forums.has(forumId) ? [] : [{ path: `quotas.${index}.forumId`, code: 'not_found' }]))
        if (issues.length > 0) throw new RefusedError('invalid_input', { issues })
        tx.update({ attendance: { ...input, version: version + 1, hallCode: hallCode || newHallCode() } })
        await tx.audit.append({ ...actor, action: 'attendance', subject: tx.session.title, sessionId, detail: { what: 'settings', seats: input.seats } }, tx.now)
        tellSession(tx)
        await settle(tx, gateway)
      })
      return views.list(sessionId)
    },

    /** Another code on the hall's screen. Phones that said the old one stay in the hall. @throws RefusedError `forbidden`, `not_found`, `wrong_state` for an interview */
    async renewHallCode(personId: string, sessionId: string, address: string): Promise<AttendanceList> {
      await access.require(personId, sessionId, 'attendance.manage')
      const actor = await auditActor(access, personId, address)
      await commit(sessionId, async (tx) => {
        requireSymposium(tx.session)
        tx.update({ attendance: { ...tx.session.attendance, hallCode: newHallCode() } })
        await tx.audit.append({ ...actor, action: 'attendance', subject: tx.session.title, sessionId, detail: { what: 'hall_code' } }, tx.now)
        await tellHall(tx)
      })
      return views.list(sessionId)
    },

    /**
     * Invites people, each with a link of their own; all of them or nobody. Who was invited already under the same id is left as they are.
     * @throws RefusedError `forbidden`, `not_found`, `wrong_state` for an interview, `closed` once it is over, `stale` for an id of another session, `invalid_input` with `over_quota`,
     * `not_found` or `too_many`
     */
    async invite(personId: string, sessionId: string, { attendees }: InviteAttendees, address: string): Promise<AttendanceList> {
      await access.require(personId, sessionId, 'attendance.manage')
      const actor = await auditActor(access, personId, address)
      await commit(sessionId, async (tx) => {
        requireOpen(tx.session)
        const list = await tx.attendance.inSession(sessionId)
        const known = new Set(list.map(({ id }) => id))
        const fresh = attendees.map((attendee, index) => ({ ...attendee, index })).filter(({ id }, index) => !known.has(id) && attendees.findIndex((other) => other.id === id) === index)
        if (fresh.length === 0) return
        if ((await tx.attendance.elsewhere(sessionId, fresh.map(({ id }) => id))).size > 0) throw new RefusedError('stale')
        if (list.length + fresh.length > MOST) throw new RefusedError('invalid_input', { issues: [{ path: 'attendees', code: 'too_many' }] })
        await checkForums(tx, list, fresh)
        const made: StoredAttendee[] = []
        // A millisecond apart: the list keeps the order in which they were named.
        for (const [index, attendee] of fresh.entries()) made.push(await invited(tx, attendee, new Date(Date.parse(tx.now) + index).toISOString()))
        await tx.attendance.insert(made)
        await tx.audit.append({ ...actor, action: 'attendance', subject: tx.session.title, sessionId, detail: { what: 'invite', people: made.length } }, tx.now)
        await tellHall(tx)
      })
      return views.list(sessionId)
    },

    /**
     * One step with somebody on the list; whoever waits moves up where it makes room.
     * @throws RefusedError `forbidden`, `not_found`, `stale` and `wrong_state` with the line as it is, `closed` once the session is over, `invalid_input`
     */
    async act(personId: string, sessionId: string, attendeeId: string, act: AttendeeAct, address: string): Promise<AttendanceList> {
      await access.require(personId, sessionId, 'attendance.manage')
      const [actor, gateway] = await Promise.all([auditActor(access, personId, address), sms()])
      const losing = await commit(sessionId, async (tx) => {
        if (act.action === 'edit') requireSymposium(tx.session)
        else requireOpen(tx.session)
        const attendee = await tx.attendance.byId(attendeeId)
        if (attendee?.sessionId !== sessionId) throw new RefusedError('not_found')
        if (attendee.version !== act.expectedVersion) throw new RefusedError('stale', { current: await views.one(tx, attendeeId, gateway) })
        const next = await changed(tx, attendee, act, gateway)
        await tx.attendance.update(next)
        // Who asked for a place, or waited for one, hears of it as those who move up by themselves do.
        if (act.action === 'accept' && next.state === 'accepted' && attendee.state !== 'invited') tx.deliver(attendeeTelling('place', tx.session, next, gateway))
        const people = act.action === 'cancel' ? await takeLink(tx, attendee) : []
        await tx.audit.append({ ...actor, action: 'attendance', subject: tx.session.title, sessionId, detail: { what: act.action, id: attendeeId } }, tx.now)
        await settle(tx, gateway)
        return people
      })
      losing.forEach(forget)
      return views.list(sessionId)
    },

    /** Seats for those who have a place and none to sit on yet, members of a forum beside one another. @throws RefusedError `forbidden`, `not_found`, `wrong_state` for an interview */
    async seat(personId: string, sessionId: string, scheme: AssignSeats, address: string): Promise<AttendanceList> {
      await access.require(personId, sessionId, 'attendance.manage')
      const actor = await auditActor(access, personId, address)
      await commit(sessionId, async (tx) => {
        requireSymposium(tx.session)
        const placed = new Map((await tx.attendance.inSession(sessionId)).filter(({ state }) => state === 'accepted').map((attendee) => [attendee.id, attendee]))
        const seats = assignSeats([...placed.values()], scheme)
        for (const [id, seat] of seats) {
          const attendee = placed.get(id)
          if (attendee) await tx.attendance.update({ ...attendee, seat, version: attendee.version + 1 })
        }
        if (seats.size === 0) return
        await tx.audit.append({ ...actor, action: 'attendance', subject: tx.session.title, sessionId, detail: { what: 'seats', people: seats.size } }, tx.now)
        await tellHall(tx)
      })
      return views.list(sessionId)
    },
  }
}
