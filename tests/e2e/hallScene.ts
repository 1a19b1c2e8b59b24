import { randomUUID } from 'node:crypto'
import type { SignInLink } from '../../shared/accounts.ts'
import type { Attendee, AttendanceList, OwnAttendance } from '../../shared/attendance.ts'
import type { Forum } from '../../shared/forums.ts'
import type { SessionView } from '../../shared/sessions.ts'
import { openSession } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import type { TestServer } from '../support/server.ts'

/** A symposium of tomorrow with one forum, `names` of which are invited by it, and a link for somebody who helps in the hall. */
export async function openHallScene(server: Pick<TestServer, 'url' | 'links'>, names: readonly string[], phase: SessionView['phase'] = 'announced') {
  const opened = await openSession(server, phase, { kind: 'symposium', title: '县委书记与网民代表恳谈会', startsAt: new Date(Date.now() + 86_400_000).toISOString() })
  const { person } = opened.host
  const path = `/api/sessions/${opened.sessionId}`
  const forum = await person.send<Forum>('POST', '/api/admin/forums', { id: randomUUID(), name: '人民广场论坛', code: randomUUID().slice(0, 8), origins: [], contact: '', members: 3_000 })
  if (names.length > 0) await person.send('POST', `${path}/attendees`, { attendees: names.map((name) => ({ id: randomUUID(), name, forumId: forum.id, phone: null })) })
  const links = await person.send<SignInLink[]>('POST', `${path}/links`, { id: randomUUID(), role: 'helper', name: '小李' })
  const list = () => person.get<AttendanceList>(`${path}/attendance`)
  const named = async (name: string): Promise<Attendee> => {
    const found = (await list()).attendees.find((attendee) => attendee.name === name)
    if (!found) throw new Error(`${name} is not on the list`)
    return found
  }
  return {
    ...opened,
    forum,
    helperLink: links.find(({ role }) => role === 'helper')!.url,
    list,
    named,
    /** Opens the link as they do, and says yes. @returns what their page is told, with the code for the door */
    async comes(name: string): Promise<OwnAttendance> {
      const { url } = await named(name)
      const somebody = await createPerson(server.url, { link: url ?? '' })
      const own = await somebody.send<OwnAttendance | null>('POST', `${path}/attendance/own`, { coming: true })
      if (!own) throw new Error(`${name} has no invitation`)
      return own
    },
  }
}
