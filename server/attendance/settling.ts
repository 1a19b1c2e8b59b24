import type { SessionCommit } from '../sessions/commit.ts'
import { takesReplies } from './facts.ts'
import { attendeeTelling } from './notices.ts'
import { admitted, moved } from './rules.ts'

/** Says who needs to know, at the end of whatever changed a session's list: the first of those waiting for whom there is a place now get it, and the desk sees the figures. `gateway`: messages can be sent to phones. */
export async function settle(tx: SessionCommit, gateway: boolean): Promise<void> {
  const { session } = tx
  if (takesReplies(session)) {
    for (const attendee of admitted(await tx.attendance.inSession(session.id), session.attendance)) {
      await tx.attendance.update(moved(attendee, 'accepted', tx.now))
      tx.deliver(attendeeTelling('place', session, attendee, gateway))
    }
  }
  await tellHall(tx)
}

/** To the desk: the code of the hall, and how many there are in each state. */
export async function tellHall(tx: SessionCommit): Promise<void> {
  tx.emit('desk', { type: 'hall', hall: { code: tx.session.attendance.hallCode, figures: await tx.attendance.figures(tx.session.id) } })
}
