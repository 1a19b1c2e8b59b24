import { expect, test } from 'vitest'
import type { CheckIn, DoorEntry, DoorList } from '../../../shared/attendance.ts'
import { RefusedError } from '../../../shared/protocol/errors.ts'
import { doorEntry, doorList } from '../fixtures.test-support.ts'
import { createDeviceStore } from './deviceStore.ts'
import { createDoor } from './door.ts'
import type { DoorLine } from './door.ts'
import { memoryStorage } from './storage.test-support.ts'

/** A server that does each act once, as ours does. */
function fakeServer(entries: DoorEntry[]) {
  const done = new Set<string>()
  const people = new Map(entries.map((entry) => [entry.id, entry]))
  const told: string[][] = []
  const state = { online: true, refuses: (_: CheckIn) => false, loseAnswers: false }
  const list = (): DoorList => doorList([...people.values()], { at: '2026-11-22T02:00:00.000Z' })
  const line: DoorLine = {
    async list() {
      if (!state.online) throw new RefusedError('offline')
      return list()
    },
    async tell(checkIns) {
      if (!state.online) throw new RefusedError('offline')
      if (checkIns.some(state.refuses)) throw new RefusedError('invalid_input')
      told.push(checkIns.map(({ id }) => id))
      for (const { id, attendeeId, at, undo, walkIn } of checkIns) {
        if (done.has(id)) continue
        done.add(id)
        const person = people.get(attendeeId) ?? (walkIn && doorEntry({ id: attendeeId, name: walkIn.name }))
        if (person) people.set(attendeeId, { ...person, checkedInAt: undo ? null : (person.checkedInAt ?? at) })
      }
      if (state.loseAnswers) throw new RefusedError('timeout')
      return list()
    },
  }
  return { line, told, state, done, people }
}

function open(entries: DoorEntry[], server = fakeServer(entries), storage = memoryStorage(), at = '2026-11-22T01:00:00.000Z') {
  let ms = Date.parse(at)
  const door = createDoor({ sessionId: 'abcdefghij', store: createDeviceStore(storage), line: server.line, now: () => new Date((ms += 1_000)) })
  return { door, server, storage }
}

test('works without the server, survives a reload, and tells it once', async () => {
  const [a, b] = [doorEntry({ name: '甲' }), doorEntry({ name: '乙' })]
  const { door, server, storage } = open([a, b])
  await door.sync()
  server.state.online = false
  door.checkIn(a.id)
  await door.sync()
  expect(door.people.value.map(({ checkedInAt }) => checkedInAt !== null)).toEqual([true, false])
  expect(door.error.value?.code).toBe('offline')
  door.close()

  const again = open([a, b], server, storage).door
  expect(again.unsent.value).toHaveLength(1)
  again.checkIn(b.id)
  again.walkIn('老周', null)
  expect(again.figures.value).toEqual({ here: 3, expected: 3, missing: 0 })
  server.state.online = true
  await again.sync()
  expect(again.unsent.value).toEqual([])
  expect(again.error.value).toBeNull()
  expect([...server.people.values()].filter(({ checkedInAt }) => checkedInAt)).toHaveLength(3)
  expect(server.done.size).toBe(3)
  expect(createDeviceStore(storage).acts('abcdefghij')).toEqual([])
})

test('an answer that is lost makes nothing happen twice', async () => {
  const a = doorEntry()
  const { door, server } = open([a])
  await door.sync()
  server.state.loseAnswers = true
  door.checkIn(a.id)
  await door.sync()
  expect(door.unsent.value).toHaveLength(1)
  server.state.loseAnswers = false
  await door.sync()
  expect(door.unsent.value).toEqual([])
  expect(server.done.size).toBe(1)
  expect(door.conflicts.value).toEqual([])
})

test('two doors without a line agree once it is back, and the later one is told', async () => {
  const a = doorEntry({ name: '甲' })
  const server = fakeServer([a])
  const first = open([a], server).door
  const second = open([a], server, memoryStorage(), '2026-11-22T01:30:00.000Z').door
  await Promise.all([first.sync(), second.sync()])
  server.state.online = false
  first.checkIn(a.id)
  second.checkIn(a.id)
  await Promise.all([first.sync(), second.sync()])
  server.state.online = true
  await first.sync()
  await second.sync()
  expect(first.conflicts.value).toEqual([])
  expect(second.conflicts.value).toMatchObject([{ name: '甲' }])
  expect(second.people.value[0]?.checkedInAt).toBe(first.people.value[0]?.checkedInAt)
  second.seen(second.conflicts.value[0]!.id)
  expect(second.conflicts.value).toEqual([])
})

test('one act that the server will not have does not hold up the others', async () => {
  const [a, b] = [doorEntry(), doorEntry()]
  const { door, server } = open([a, b])
  await door.sync()
  server.state.online = false
  door.checkIn(a.id)
  door.checkIn(b.id)
  await door.sync()
  server.state.online = true
  server.state.refuses = ({ attendeeId }) => attendeeId === a.id
  await door.sync()
  expect(server.people.get(b.id)?.checkedInAt).not.toBeNull()
  expect(door.unsent.value.map(({ attendeeId }) => attendeeId)).toEqual([a.id])
})

test('forgets everything when told to', async () => {
  const a = doorEntry()
  const { door, storage } = open([a])
  await door.sync()
  door.checkIn(a.id)
  door.forget()
  expect([door.list.value, door.unsent.value, storage.length]).toEqual([null, [], 0])
})
