import type { AttendanceList, Attendee } from '../../shared/attendance.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { LinkStore } from '../accounts/linkStore.ts'
import type { ForumStore } from '../forums/store.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import type { StoredSession } from '../sessions/rules.ts'
import type { SessionStore } from '../sessions/store.ts'
import { requireSymposium } from './facts.ts'
import type { Phones } from './phones.ts'
import { attendeeViews } from './rules.ts'
import type { StoredAttendee } from './rules.ts'
import type { AttendanceStore } from './store.ts'

export type Reading = { sessions: SessionStore; attendance: AttendanceStore; links: LinkStore; forums: ForumStore }
/** Reads all of `work` from one moment of the database. */
export type Consistent = <T>(work: (stores: Reading) => Promise<T>) => Promise<T>

export type AttendanceViews = ReturnType<typeof createAttendanceViews>

/** The list as the office sees it. */
export function createAttendanceViews(deps: { consistent: Consistent; phones: Phones; urlOf: (link: { id: string; generation: number }) => string; sms: () => Promise<boolean> }) {
  const { consistent, phones, urlOf, sms } = deps

  /** Ids of those whom a message reaches by itself. */
  async function reachable(attendance: AttendanceStore, sessionId: string, list: readonly StoredAttendee[], gateway: boolean): Promise<Set<string>> {
    const found = await attendance.withDevices(sessionId)
    if (gateway) for (const attendee of list) if (phones.mobile(attendee) !== null) found.add(attendee.id)
    return found
  }

  async function views({ attendance, links }: Pick<Reading, 'attendance' | 'links'>, sessionId: string, list: readonly StoredAttendee[], gateway: boolean): Promise<Attendee[]> {
    const serving = new Map((await links.ofSession(sessionId)).map((link) => [link.id, link]))
    const url = (grantId: string) => {
      const link = serving.get(grantId)
      return link ? urlOf(link) : null
    }
    return attendeeViews(list, url, await reachable(attendance, sessionId, list, gateway))
  }

  return {
    reachable,

    /** A session of people who come. @throws RefusedError `not_found`, `wrong_state` for an interview */
    async session({ sessions }: Pick<Reading, 'sessions'>, sessionId: string): Promise<StoredSession> {
      const session = await sessions.byId(sessionId)
      if (!session) throw new RefusedError('not_found')
      requireSymposium(session)
      return session
    },

    /** @throws RefusedError `not_found`, `wrong_state` for an interview */
    async list(sessionId: string): Promise<AttendanceList> {
      const gateway = await sms()
      return consistent(async (stores) => {
        const session = await this.session(stores, sessionId)
        const list = await stores.attendance.inSession(sessionId)
        return { settings: session.attendance, attendees: await views(stores, sessionId, list, gateway), figures: await stores.attendance.figures(sessionId) }
      })
    },

    /** One of them, within a commit. */
    async one({ attendance, links, session }: SessionCommit, attendeeId: string, gateway: boolean): Promise<Attendee | null> {
      const all = await views({ attendance, links }, session.id, await attendance.inSession(session.id), gateway)
      return all.find(({ id }) => id === attendeeId) ?? null
    },
  }
}
