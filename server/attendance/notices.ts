import type { AttendeeEvent, PushTexts, Telling } from '../deliveries/rules.ts'
import type { StoredSession } from '../sessions/rules.ts'
import type { StoredAttendee } from './rules.ts'

const time = (locale: string) => new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const TIME = { 'zh-CN': time('zh-CN'), en: time('en-GB') }

type Occasion = Pick<StoredSession, 'title' | 'startsAt'> & { attendance: Pick<StoredSession['attendance'], 'venue'> }

const BODY: Record<AttendeeEvent, { 'zh-CN': (when: string) => string; en: (when: string) => string }> = {
  place: { 'zh-CN': (when) => `您的席位已经安排好：${when}。`, en: (when) => `There is a place for you: ${when}.` },
  ask: { 'zh-CN': (when) => `邀请您参加，请打开邀请链接回复是否到会：${when}。`, en: (when) => `You are invited. Please open your invitation and say whether you come: ${when}.` },
  reminder: { 'zh-CN': (when) => `提醒您按时到会：${when}。入场请出示二维码。`, en: (when) => `We are looking forward to seeing you: ${when}. Show your QR code at the door.` },
}

/** What somebody who attends is told, in both languages; names nobody. */
export function noticeTexts(event: AttendeeEvent, { title, startsAt, attendance: { venue } }: Occasion): PushTexts {
  const at = new Date(startsAt)
  const zh = [TIME['zh-CN'].format(at), venue].filter((part) => part !== '').join('，')
  const en = [TIME.en.format(at), venue].filter((part) => part !== '').join(', ')
  return { 'zh-CN': { title, body: BODY[event]['zh-CN'](zh) }, en: { title, body: BODY[event].en(en) } }
}

/** The same as one text message. `site`: who sends it. */
export const messageText = ({ title, body }: PushTexts['zh-CN'], site: string): string => `${site === '' ? '' : `【${site}】`}${title}：${body}`

/** Tells one of those who attend, on their devices, and where there is a `gateway` by a message to their phone. */
export const attendeeTelling = (event: AttendeeEvent, session: Occasion & Pick<StoredSession, 'id' | 'plannedMinutes'>, { id, phoneSealed }: Pick<StoredAttendee, 'id' | 'phoneSealed'>, gateway: boolean): Telling => ({
  kind: 'attendee',
  event,
  attendeeId: id,
  sessionId: session.id,
  until: new Date(Date.parse(session.startsAt) + session.plannedMinutes * 60_000).toISOString(),
  texts: noticeTexts(event, session),
  sms: gateway && phoneSealed !== null,
})
