import ical, { ICalCalendarMethod } from 'ical-generator'
import type { SessionView } from '../../shared/sessions.ts'

/** A session as an iCalendar file, for the "add to calendar" button. */
export function sessionCalendar(session: SessionView, publicUrl: string): string {
  const start = new Date(session.startsAt)
  const url = `${publicUrl}/s/${session.id}`
  const calendar = ical({ name: session.title, method: ICalCalendarMethod.PUBLISH })
  calendar.createEvent({
    id: `${session.id}@${new URL(publicUrl).hostname}`,
    start,
    end: new Date(start.getTime() + session.plannedMinutes * 60_000),
    stamp: new Date(session.createdAt),
    sequence: session.version,
    summary: session.title,
    description: [session.topic, session.introduction, url].filter(Boolean).join('\n\n'),
    url,
  })
  return calendar.toString()
}
