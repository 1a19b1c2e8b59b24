import type { Reminded } from '../../shared/attendance.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { requireOpen, takesReplies } from './facts.ts'
import { attendeeTelling } from './notices.ts'
import { asked, isDue, justReminded, reminderSince } from './reminders.ts'
import type { StoredAttendee } from './rules.ts'
import { tellHall } from './settling.ts'
import type { AttendanceViews } from './viewing.ts'

/** Reminds those who come: by a message to their phone where the county's gateway is set up, and on the devices that want to be told. */
export function createReminderService(deps: {
  access: Access
  commit: CommitToSession
  views: Pick<AttendanceViews, 'reachable'>
  sms: () => Promise<boolean>
  /** Symposiums that are not over and start after `from` and until `to`, UTC ISO 8601. */
  startingBetween: (from: string, to: string) => Promise<{ id: string; startsAt: string }[]>
  now: () => Date
}) {
  const { access, commit, views, sms, startingBetween, now } = deps

  /** Writes it for the outside, with the commit. */
  async function remind(tx: SessionCommit, people: readonly { attendee: StoredAttendee; event: 'ask' | 'reminder' }[], gateway: boolean): Promise<void> {
    for (const { attendee, event } of people) {
      await tx.attendance.update({ ...attendee, remindedAt: tx.now, version: attendee.version + 1 })
      tx.deliver(attendeeTelling(event, tx.session, attendee, gateway))
    }
    if (people.length > 0) await tellHall(tx)
  }

  async function remindSession(sessionId: string): Promise<number> {
    const gateway = await sms()
    return commit(sessionId, async (tx) => {
      const since = reminderSince(tx.session.startsAt, Date.parse(tx.now))
      if (since === null || !takesReplies(tx.session)) return 0
      const list = await tx.attendance.inSession(sessionId)
      const reachable = await views.reachable(tx.attendance, sessionId, list, gateway)
      const due = list.filter((attendee) => reachable.has(attendee.id) && isDue(attendee, since))
      await remind(tx, due.map((attendee) => ({ attendee, event: 'reminder' as const })), gateway)
      return due.length
    })
  }

  return {
    /**
     * Reminds those named, or everybody, who have not replied or have a place. Who was reminded just now is not again.
     * @returns how many are told by themselves, and who must be told by hand
     * @throws RefusedError `forbidden`, `not_found` for somebody who is not on the list, `wrong_state` for an interview, `closed` once the session is over
     */
    async remind(personId: string, sessionId: string, attendeeIds: readonly string[], address: string): Promise<Reminded> {
      await access.require(personId, sessionId, 'attendance.manage')
      const [actor, gateway] = await Promise.all([auditActor(access, personId, address), sms()])
      return commit(sessionId, async (tx) => {
        requireOpen(tx.session)
        const list = await tx.attendance.inSession(sessionId)
        const named = new Set(attendeeIds)
        if (list.filter(({ id }) => named.has(id)).length < named.size) throw new RefusedError('not_found')
        const reachable = await views.reachable(tx.attendance, sessionId, list, gateway)
        const meant = list.flatMap((attendee) => {
          const event = asked(attendee)
          return event === null || (named.size > 0 && !named.has(attendee.id)) ? [] : [{ attendee, event }]
        })
        const byHand = meant.filter(({ attendee }) => !reachable.has(attendee.id)).map(({ attendee }) => attendee.id)
        const told = meant.filter(({ attendee }) => reachable.has(attendee.id))
        const fresh = told.filter(({ attendee }) => !justReminded(attendee, Date.parse(tx.now)))
        await remind(tx, fresh, gateway)
        if (fresh.length > 0) await tx.audit.append({ ...actor, action: 'attendance', subject: tx.session.title, sessionId, detail: { what: 'remind', people: fresh.length, byHand: byHand.length } }, tx.now)
        return { sent: told.length, byHand }
      })
    },

    /** Reminds whoever is due, in every session; looked for again and again, in every process: each is told once. @returns how many */
    async remindDue(): Promise<number> {
      const at = now().getTime()
      const soon = await startingBetween(new Date(at).toISOString(), new Date(at + 2 * 86_400_000).toISOString())
      let told = 0
      for (const { id, startsAt } of soon) if (reminderSince(startsAt, at) !== null) told += await remindSession(id)
      return told
    },
  }
}
