import type { CheckIn, DoorList } from '../../shared/attendance.ts'
import type { Access } from '../accounts/access.ts'
import { recordHand } from '../floor/telling.ts'
import { personAudience } from '../questions/rules.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import type { Signing } from '../sessions/noting.ts'
import { signing } from '../sessions/noting.ts'
import { requireSymposium } from './facts.ts'
import { arrived, doorEntry, onOurClock, presence, walkedIn } from './rules.ts'
import type { StoredAttendee } from './rules.ts'
import { settle } from './settling.ts'
import type { AttendanceViews, Consistent } from './viewing.ts'

/** The door of the hall, whose devices may have been without a network for hours. */
export function createDoorService(deps: {
  access: Access
  commit: CommitToSession
  consistent: Consistent
  views: Pick<AttendanceViews, 'session'>
  codeOf: (attendeeId: string) => string
  sms: () => Promise<boolean>
  secret: string
  now: () => Date
}) {
  const { access, commit, consistent, views, codeOf, sms, secret, now } = deps

  const list = (sessionId: string): Promise<DoorList> =>
    consistent(async (stores) => {
      const session = await views.session(stores, sessionId)
      const [attendees, forums] = [await stores.attendance.inSession(sessionId), await stores.forums.all()]
      return {
        sessionId,
        title: session.title,
        startsAt: session.startsAt,
        entries: attendees.map((attendee) => doorEntry(attendee, forums, session.floor.tables, codeOf(attendee.id))),
        forums: forums.filter(({ archived }) => !archived).map(({ id, name }) => ({ id, name })),
        at: now().toISOString(),
      }
    })

  /** Whoever came in, or did not after all, is where they are from now on: their pages know, and a hand of theirs that waits moves along. */
  async function follow(tx: SessionCommit, moved: readonly StoredAttendee[], by: Signing): Promise<void> {
    const hands = moved.length === 0 ? [] : (await tx.hands.inSession(tx.session.id)).filter(({ state }) => state === 'waiting')
    for (const attendee of moved) {
      for (const personId of await tx.attendance.peopleBehind(attendee)) {
        const place = await tx.hands.placeOf(tx.session.id, personId)
        tx.emit(personAudience(personId), { type: 'own_place', place })
        const hand = hands.find((candidate) => candidate.personId === personId)
        if (!hand || hand.place === place || hand.enteredBy !== null) continue
        const next = { ...hand, place, version: hand.version + 1 }
        await tx.hands.update(next)
        recordHand(tx, next, { action: 'arrange', from: hand.state, by })
      }
    }
  }

  /** Those who came without being on the list, under the ids that the door gave them. */
  async function newcomers(tx: SessionCommit, reports: readonly CheckIn[], known: ReadonlyMap<string, StoredAttendee>): Promise<StoredAttendee[]> {
    const forums = new Set((await tx.forums.all()).map(({ id }) => id))
    const fresh = new Map<string, StoredAttendee>()
    for (const { attendeeId, walkIn } of reports) {
      if (walkIn === null || known.has(attendeeId) || fresh.has(attendeeId)) continue
      const forumId = walkIn.forumId !== null && forums.has(walkIn.forumId) ? walkIn.forumId : null
      fresh.set(attendeeId, walkedIn(attendeeId, tx.session.id, { name: walkIn.name, forumId }, tx.now))
    }
    const elsewhere = await tx.attendance.elsewhere(tx.session.id, [...fresh.keys()])
    return [...fresh.values()].filter(({ id }) => !elsewhere.has(id))
  }

  return {
    /** What a device at the door needs to work without a network. @throws RefusedError `forbidden`, `not_found`, `wrong_state` for an interview */
    async list(personId: string, sessionId: string): Promise<DoorList> {
      await access.require(personId, sessionId, 'attendance.check_in')
      return list(sessionId)
    },

    /**
     * Takes in what happened at a door, in whatever order and however often it is sent. Somebody is there since the first check-in that was not taken back; who was let in has a place, also
     * beyond quota and seats. A report of somebody who is not on this session's list is left out: it must not hold up the others. Also after the end, when a device finds a network again.
     * @throws RefusedError `forbidden`, `not_found`, `wrong_state` for an interview
     */
    async checkIn(personId: string, sessionId: string, checkIns: readonly CheckIn[]): Promise<DoorList> {
      const actor = await access.require(personId, sessionId, 'attendance.check_in')
      const [by, gateway] = await Promise.all([access.signature(actor, sessionId), sms()])
      await commit(sessionId, async (tx) => {
        requireSymposium(tx.session)
        const done = await tx.attendance.reported(checkIns.map(({ id }) => id))
        const fresh = [...new Map(onOurClock(checkIns, tx.now).map((report) => [report.id, report])).values()].filter(({ id }) => !done.has(id))
        if (fresh.length === 0) return
        const people = new Map((await tx.attendance.inSession(sessionId)).map((attendee) => [attendee.id, attendee]))
        const joining = await newcomers(tx, fresh, people)
        await tx.attendance.insert(joining)
        for (const attendee of joining) people.set(attendee.id, attendee)
        const reports = fresh.filter(({ attendeeId }) => people.has(attendeeId))
        if (reports.length === 0) return
        await tx.attendance.report(reports.map(({ id, attendeeId, at, undo }) => ({ id, sessionId, attendeeId, at, receivedAt: tx.now, undo, by })))
        const moved: StoredAttendee[] = []
        for (const [id, all] of await tx.attendance.reportsOf(sessionId, [...new Set(reports.map(({ attendeeId }) => attendeeId))])) {
          const before = people.get(id)
          const after = before && arrived(before, presence(all))
          if (!after || after === before) continue
          await tx.attendance.update(after)
          if ((after.checkedInAt === null) !== (before.checkedInAt === null)) moved.push(after)
        }
        await follow(tx, moved, signing(secret, sessionId, actor, 'attendance.check_in'))
        await settle(tx, gateway)
      })
      return list(sessionId)
    },
  }
}
