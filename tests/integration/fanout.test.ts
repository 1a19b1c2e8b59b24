import { once } from 'node:events'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import pino from 'pino'
import { expect, test } from 'vitest'
import { createFanout } from '../../server/realtime/fanout.ts'
import { createPresence } from '../../server/realtime/presence.ts'
import type { EventStore } from '../../server/realtime/store.ts'
import type { FangtanServer } from '../../server/realtime/types.ts'
import { onCleanup } from '../support/cleanup.ts'
import { openCore, openTestDatabase } from '../support/core.ts'
import { sessionInput } from '../support/fixtures.ts'

/** A session that is followed, and which stretches of its log were asked for. `after` reads in place of the log's own. */
async function followed(after: (read: EventStore['after'], asked: number) => EventStore['after']) {
  const database = await openTestDatabase()
  const { core, person } = openCore(database)
  const host = await person('host')
  const { id: sessionId } = await core.sessions.create(host, sessionInput())

  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const io: FangtanServer = new Server(http)
  const presence = createPresence(io, 'this process', false)
  const asked: [number, number][] = []
  const { promise: delivered, resolve } = Promise.withResolvers<void>()
  const fanout = createFanout({
    io,
    several: false,
    sessions: core.stores.sessions,
    events: {
      ...core.stores.events,
      after(id, from, to, audiences) {
        asked.push([from, to])
        return after(core.stores.events.after, asked.length)(id, from, to, audiences)
      },
    },
    receipts: core.receipts,
    presence,
    epoch: database.epoch,
    now: () => new Date(),
    log: pino({ level: 'silent' }),
  })
  onCleanup(async () => {
    await fanout.close()
    presence.close()
    await io.close()
  })
  await fanout.follow(sessionId)
  fanout.onChange(sessionId, resolve)
  await core.chat.send(host, '', { sessionId, id: crypto.randomUUID(), text: '好', name: null })
  return { sessionId, fanout, asked, delivered }
}

test('what could not be read is read with the next beat, though nothing new was committed', async () => {
  const { sessionId, fanout, asked, delivered } = await followed((read, times) => (times === 1 ? () => Promise.reject(new Error('the database is away')) : read))
  fanout.committed(sessionId, 2)
  await delivered
  expect(asked).toEqual([
    [1, 2],
    [1, 2],
  ])
})

test('whoever is further behind than the log reaches is told of a gap, not of what is left', async () => {
  const { sessionId, fanout, asked, delivered } = await followed((read) => read)
  fanout.committed(sessionId, 5_000)
  await delivered
  expect(asked).toEqual([[4_500, 5_000]])
})
