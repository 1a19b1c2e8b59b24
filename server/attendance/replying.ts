import type { Apply, OwnAttendance } from '../../shared/attendance.ts'
import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { Consents } from '../residents/consents.ts'
import { requireConsent, requireKnown } from '../residents/known.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import { sessionView } from '../sessions/rules.ts'
import { requireOpen } from './facts.ts'
import type { Phones } from './phones.ts'
import { hasPlace, moved, ownAttendance, replied } from './rules.ts'
import type { StoredAttendee } from './rules.ts'
import { settle, tellHall } from './settling.ts'
import type { Consistent } from './viewing.ts'

/** Applications that one session takes. */
const MOST = 2 * LIMITS.hallSeats

/** What those do who are invited, or would like to come. */
export function createReplyService(deps: {
  access: Access
  commit: CommitToSession
  consistent: Consistent
  consents: Pick<Consents, 'require'>
  phones: Phones
  codeOf: (attendeeId: string) => string
  sms: () => Promise<boolean>
  limits: { replies: RateLimiter; person: RateLimiter; address: RateLimiter }
}) {
  const { access, commit, consistent, consents, phones, codeOf, sms, limits } = deps

  /** @throws RefusedError `not_found` when there is no such session */
  const own = (personId: string, sessionId: string): Promise<OwnAttendance | null> =>
    consistent(async ({ sessions, attendance, forums }) => {
      const session = await sessions.byId(sessionId)
      if (!session) throw new RefusedError('not_found')
      const attendee = await attendance.ofPerson(sessionId, personId)
      return attendee && ownAttendance(attendee, attendee.state === 'waiting' ? await attendance.inSession(sessionId) : [], await forums.all(), session.floor.tables, codeOf(attendee.id))
    })

  return {
    /** This person's invitation or application; null for none. Everybody may ask. @throws RefusedError `not_found` */
    own,

    /**
     * Yes or no, of somebody who was invited, or who applied; it may change until the session is over. Who says yes and finds no place waits for one.
     * @throws RefusedError `forbidden` for who is neither, `rate_limited`, `not_found`, `closed` once the session is over, `wrong_state` when there is nothing to reply to
     */
    async reply(personId: string, sessionId: string, coming: boolean): Promise<OwnAttendance | null> {
      // Who applied has no role; what they say is said of their own application.
      if (!(await consistent(({ attendance }) => attendance.ofPerson(sessionId, personId)))) await access.require(personId, sessionId, 'attendance.reply')
      await limits.replies.take(personId)
      const gateway = await sms()
      await commit(sessionId, async (tx) => {
        requireOpen(tx.session)
        const attendee = await tx.attendance.ofPerson(sessionId, personId)
        if (!attendee) throw new RefusedError('not_found')
        if (attendee.state === 'refused' || attendee.state === 'cancelled' || (!coming && attendee.checkedInAt !== null)) throw new RefusedError('wrong_state')
        const state = replied(attendee, coming, hasPlace(await tx.attendance.inSession(sessionId), tx.session.attendance, attendee.forumId))
        if (state === null) return
        await tx.attendance.update({ ...moved(attendee, state, tx.now), repliedAt: tx.now })
        await settle(tx, gateway)
      })
      return own(personId, sessionId)
    },

    /**
     * A resident asks for a place. A retry with the same id answers with what the first made.
     * @throws RefusedError `forbidden`, `consent_required`, `rate_limited`, `not_found`, `identity_required`, `wrong_state` for an interview, `closed` when nobody may apply (any more),
     * `taken` for who is on the list already, `stale` when the id is somebody else's
     */
    async apply(personId: string, sessionId: string, { id, name, phone, note }: Apply, address: string): Promise<OwnAttendance | null> {
      const actor = await access.require(personId, sessionId, 'attendance.apply')
      await requireConsent(consents, actor)
      await Promise.all([limits.person.take(personId), limits.address.take(address)])
      await commit(sessionId, async (tx) => {
        const known = await tx.attendance.byId(id)
        if (known?.sessionId === sessionId && known.personId === personId) return
        if (known) throw new RefusedError('stale')
        requireOpen(tx.session)
        const { applyUntil } = tx.session.attendance
        const figures = await tx.attendance.figures(sessionId)
        if (applyUntil === null || applyUntil <= tx.now || figures.applied >= MOST) throw new RefusedError('closed', { current: sessionView(tx.session) })
        await requireKnown(tx, actor)
        if (await tx.attendance.ofPerson(sessionId, personId)) throw new RefusedError('taken')
        const attendee: StoredAttendee = {
          id,
          sessionId,
          forumId: null,
          name,
          ...phones.keep(phone),
          state: 'applied',
          waitingSince: null,
          seat: '',
          tableId: null,
          note,
          reason: '',
          grantId: null,
          personId,
          createdAt: tx.now,
          repliedAt: tx.now,
          remindedAt: null,
          checkedInAt: null,
          checkedInBy: null,
          version: 1,
        }
        await tx.attendance.insert([attendee])
        await tellHall(tx)
      })
      return own(personId, sessionId)
    },
  }
}
