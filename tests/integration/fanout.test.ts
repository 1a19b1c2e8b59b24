import { once } from 'node:events'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import pino from 'pino'
import { expect, test } from 'vitest'
import { createFanout } from '../../server/realtime/fanout.ts'
import { createPresence } from '../../server/realtime/presence.ts'
import type { FangtanServer } from '../../server/realtime/types.ts'
import { onCleanup } from '../support/cleanup.ts'
import { openCore, openTestDatabase } from '../support/core.ts'
import { sessionInput } from '../support/fixtures.ts'

test('what could not be read is read with the next beat, though nothing new was committed', async () => {
  const database = await openTestDatabase()
  const { core, person } = openCore(database)
  const host = await person('host')
  const input = sessionInput()
  await core.sessions.create(host, input)

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
      async after(sessionId, from, to, audiences) {
        asked.push([from, to])
        if (asked.length === 1) throw new Error('the database is away')
        return core.stores.events.after(sessionId, from, to, audiences)
      },
    },
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
  await fanout.follow(input.id)
  fanout.onChange(input.id, resolve)
  await core.chat.send(host, '', { sessionId: input.id, id: crypto.randomUUID(), text: '好', name: null })
  fanout.committed(input.id, 2)
  await delivered
  expect(asked).toEqual([
    [1, 2],
    [1, 2],
  ])
})
