import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigner } from '../../server/accounts/tokens.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { ClientEvents } from '../../shared/protocol/events.ts'
import { queueOf } from '../../shared/rules/floor.ts'
import { freePort } from '../support/freePort.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import type { SessionView } from '../../shared/sessions.ts'
import { createPerson } from '../support/person.ts'
import { startChild } from './support/child.ts'
import { gather } from './support/crowd.ts'
import type { Crowd } from './support/crowd.ts'
import { createBenchPerson } from './support/people.ts'
import { report, round, say } from './support/report.ts'
import { SECRET, atHome } from './support/vote.ts'

/**
 * A hall that raises its hands at once: so many people raise one within the same moment while so many watch, against the same people sending a chat message each. How long until everybody
 * was shown every hand, what it costs, and how long the order of that queue takes a page to work out.
 */
const HALL = 200
const WATCHERS = 2_000
const ORDERS = 20

const directory = mkdtempSync(join(tmpdir(), 'fangtan-bench-'))
const port = String(await freePort())
const server = await startChild('server/main.ts', /host +(http\S+)/, { NODE_ENV: 'development', DEMONSTRATION: 'false', PORT: port, HOST: '127.0.0.1', PUBLIC_URL: `http://127.0.0.1:${port}`, DATA_DIR: directory, SECRET, MEDIA_WORKERS: '0', LOG_LEVEL: 'warn' })

/** Lets everybody of the hall send one request; resolves with seconds until every watcher was shown all of it, and the server's CPU seconds. `shown`: what marks one in a frame. */
async function rush<E extends keyof ClientEvents>(crowd: Crowd, event: E, payload: () => Parameters<ClientEvents[E]>[0], shown: RegExp): Promise<{ seconds: number; cpu: number }> {
  const seen = Array.from({ length: WATCHERS }, () => new Set<string>())
  let missing = WATCHERS
  let refused = ''
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(() => reject(new Error(`${missing} watchers were not shown everything of ${event} ${refused}`)), 60_000)
  const stop = crowd.onFrame((index, frame) => {
    const text = frame.toString()
    if (text.includes('"ok":false')) refused = text
    const own = seen[index]
    if (!own || own.size === HALL) return
    for (const [, id = ''] of text.matchAll(shown)) own.add(id)
    if (own.size === HALL && --missing === 0) resolve()
  })
  const before = server.cpu()
  const started = performance.now()
  for (let index = 0; index < HALL; index++) crowd.send(index, `42${200 + index}["${event}",${JSON.stringify(payload())}]`)
  await promise
  clearTimeout(late)
  stop()
  return { seconds: (performance.now() - started) / 1_000, cpu: server.cpu() - before }
}

try {
  const origin = `http://127.0.0.1:${port}`
  const link = server.ready[1] ?? ''
  const sessionId = randomUUID().replaceAll('-', '').slice(0, 10)
  const input = { id: sessionId, kind: 'symposium', title: '压力测试', topic: '', introduction: '', startsAt: new Date().toISOString(), plannedMinutes: 90, guests: [], settings: DEFAULT_SETTINGS }
  let { version } = await (await createPerson(origin, { link })).send<SessionView>('POST', '/api/sessions', input)
  const host = await createBenchPerson(origin, '10.255.0.1', link)
  for (const action of ['open_backstage', 'start'] as const) version = (await host.request('session:phase', { sessionId, action, expectedVersion: version })).session.version
  await host.request('floor:set', { sessionId, expectedVersion: 0, open: true, seconds: 120, tables: [] })
  const signer = createSigner(SECRET)
  const crowd = await gather(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, WATCHERS, {
    headers: (index) => ({ cookie: `fangtan=${signer.sign('person', randomUUID())}`, 'x-forwarded-for': atHome(index).address, 'user-agent': `phone ${index}` }),
    words: [`40{"protocol":${PROTOCOL_VERSION}}`, `420["session:join",${JSON.stringify({ sessionId, as: 'participant', since: null })}]`],
  })
  const chat = await rush(crowd, 'chat:send', () => ({ sessionId, id: randomUUID(), text: '大家好', name: null }), /"type":"chat","message":\{"id":"([^"]+)"/g)
  say(`${HALL} chat messages at once: shown to all ${WATCHERS} after ${round(chat.seconds)} s, ${round(chat.cpu)} s of CPU`)
  const hands = await rush(crowd, 'hand:raise', () => ({ sessionId, id: randomUUID(), name: '王先生', questionId: null, topicId: null, tableId: null, about: '' }), /"type":"hand","hand":\{"id":"([^"]+)"/g)
  say(`${HALL} hands at once: shown to all ${WATCHERS} after ${round(hands.seconds)} s, ${round(hands.cpu)} s of CPU`)
  crowd.close()

  const { snapshot } = await host.request('session:join', { sessionId, as: 'participant', since: null })
  const raised = snapshot?.hands ?? []
  const started = performance.now()
  for (let index = 0; index < ORDERS; index++) queueOf(raised)
  const orderMs = (performance.now() - started) / ORDERS
  say(`the order of ${raised.length} hands takes ${round(orderMs)} ms`)
  host.close()
  report({ bench: 'floor', ratio: round(hands.cpu / chat.cpu), against: 'the CPU of as many chat messages from the same people', hall: HALL, watchers: WATCHERS, handsSeconds: round(hands.seconds), chatSeconds: round(chat.seconds), orderMs: round(orderMs) })
} finally {
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}
