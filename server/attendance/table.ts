import type { AttendeeState } from '../../shared/attendance.ts'
import type { Table } from '../../shared/floor.ts'
import type { ForumRef } from '../../shared/forums.ts'
import { localTime } from '../exports/rules.ts'
import type { Language } from '../exports/words.ts'
import { waitingList } from './rules.ts'
import type { StoredAttendee } from './rules.ts'

const COLUMNS = ['name', 'forum', 'state', 'waiting', 'seat', 'table', 'phone', 'note', 'reason', 'invited', 'replied', 'reminded', 'checkedIn', 'checkedInBy'] as const
type Words = { column: Record<(typeof COLUMNS)[number], string>; state: Record<AttendeeState, string> }

const CHINESE: Words = {
  column: { name: '姓名', forum: '论坛', state: '状态', waiting: '候补序号', seat: '座位', table: '分组', phone: '电话', note: '备注', reason: '未予安排的原因', invited: '登记时间', replied: '回复时间', reminded: '提醒时间', checkedIn: '签到时间', checkedInBy: '签到人' },
  state: { invited: '已邀请', accepted: '已安排', waiting: '候补', applied: '已报名', refused: '未予安排', declined: '不参加', cancelled: '已取消' },
}
const ENGLISH: Words = {
  column: { name: 'Name', forum: 'Forum', state: 'State', waiting: 'Place in the waiting list', seat: 'Seat', table: 'Table', phone: 'Phone', note: 'Note', reason: 'Reason for giving no place', invited: 'Entered', replied: 'Replied', reminded: 'Reminded', checkedIn: 'Checked in', checkedInBy: 'Checked in by' },
  state: { invited: 'Invited', accepted: 'Has a place', waiting: 'Waiting', applied: 'Applied', refused: 'Given no place', declined: 'Will not come', cancelled: 'Cancelled' },
}

/** The list as lines of a table, column names first. `phoneOf`: the number as it was given. */
export function attendeeTable(list: readonly StoredAttendee[], forums: readonly ForumRef[], tables: readonly Table[], phoneOf: (attendee: StoredAttendee) => string | null, language: Language): (string | number)[][] {
  const words = language === 'en' ? ENGLISH : CHINESE
  const waiting = new Map(waitingList(list).map(({ id }, index) => [id, index + 1]))
  const nameOf = (things: readonly { id: string; name: string }[], id: string | null) => things.find((thing) => thing.id === id)?.name ?? ''
  const lines = list.map((attendee) => [
    attendee.name,
    nameOf(forums, attendee.forumId),
    words.state[attendee.state],
    waiting.get(attendee.id) ?? '',
    attendee.seat,
    nameOf(tables, attendee.tableId),
    phoneOf(attendee) ?? '',
    attendee.note,
    attendee.reason,
    localTime(attendee.createdAt),
    localTime(attendee.repliedAt),
    localTime(attendee.remindedAt),
    localTime(attendee.checkedInAt),
    attendee.checkedInBy ?? '',
  ])
  return [COLUMNS.map((column) => words.column[column]), ...lines]
}
