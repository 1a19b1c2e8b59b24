import type { Attendee, DoorEntry, DoorList } from '../../shared/attendance.ts'

let made = 0
const id = () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`

export const attendee = (over: Partial<Attendee> = {}): Attendee => ({
  id: id(),
  forumId: null,
  name: '王芳',
  phoneHint: '',
  state: 'invited',
  waitingNumber: null,
  seat: '',
  tableId: null,
  note: '',
  reason: '',
  url: null,
  createdAt: '2026-11-20T01:00:00.000Z',
  repliedAt: null,
  remindedAt: null,
  reachable: false,
  checkedInAt: null,
  checkedInBy: null,
  version: 1,
  ...over,
})

export const doorEntry = (over: Partial<DoorEntry> = {}): DoorEntry => ({ id: id(), name: '王芳', forum: '', seat: '', table: '', state: 'accepted', proof: '', checkedInAt: null, ...over })

export const doorList = (entries: DoorEntry[], over: Partial<DoorList> = {}): DoorList => ({
  sessionId: 'abcdefghij',
  title: '座谈会',
  startsAt: '2026-11-22T01:30:00.000Z',
  entries,
  forums: [{ id: 'f1', name: '县论坛' }],
  at: '2026-11-22T01:00:00.000Z',
  ...over,
})
