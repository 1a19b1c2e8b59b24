import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigner } from '../../server/accounts/tokens.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { agree } from './support/agree.ts'
import { startChild } from './support/child.ts'
import type { BenchChild } from './support/child.ts'
import { gather } from './support/crowd.ts'
import type { Crowd, Greeting } from './support/crowd.ts'
import { median, report, round, say } from './support/report.ts'

/**
 * One message to everybody: a chat message through Fangtan (parsed, authorised, committed to the disk, read back from the log, told to all), against bare Socket.IO
 * and plain `ws` passing on a frame of the same length. The three take turns, so that a machine that slows down slows all of them.
 */
const SIZES = [500, 2_000]
const ROUNDS = 8
const MESSAGES_PER_ROUND = 5
const SECRET = 'a secret for the benchmark only'

type Contender = { name: string; child: BenchChild; crowd: Crowd; send: (round: number) => { text: string; marks: string }; times: number[]; cpu: number; deliveries: number }

const signer = createSigner(SECRET)
const dataDir = mkdtempSync(join(tmpdir(), 'fangtan-bench-'))
const url = (port: string, path: string) => `ws://127.0.0.1:${port}${path}`

async function fangtan(size: number): Promise<Contender> {
  const port = String(20_000 + Math.floor(Math.random() * 20_000))
  const child = await startChild('server/main.ts', /resident +http\S+\/s\/(\w+)/, {
    NODE_ENV: 'development',
    PORT: port,
    HOST: '127.0.0.1',
    DATA_DIR: join(dataDir, String(size)),
    SECRET,
    MEDIA_WORKERS: '0',
    LOG_LEVEL: 'warn',
  })
  const sessionId = child.ready[1] ?? ''
  const people = Array.from({ length: size }, (_, index) => ({ cookie: `fangtan=${signer.sign('person', randomUUID())}`, 'x-forwarded-for': `10.1.${index >> 8}.${index & 255}` }))
  for (const speaker of people.slice(0, (ROUNDS + 1) * MESSAGES_PER_ROUND)) await agree(`http://127.0.0.1:${port}`, speaker)
  const greeting: Greeting = {
    headers: (index) => people[index] ?? {},
    words: [`40{"protocol":${PROTOCOL_VERSION}}`, `420["session:join",${JSON.stringify({ sessionId, as: 'participant', since: null })}]`],
  }
  const crowd = await gather(url(port, '/socket.io/?EIO=4&transport=websocket'), size, greeting)
  return {
    ...blank('Fangtan', child, crowd),
    send() {
      const id = randomUUID()
      return { text: `421["chat:send",${JSON.stringify({ sessionId, id, text: '声音很清楚,希望石矿的问题今天能有个准话。'.repeat(3), name: null })}]`, marks: id }
    },
  }
}

const blank = (name: string, child: BenchChild, crowd: Crowd) => ({ name, child, crowd, times: [], cpu: 0, deliveries: 0 })

async function bare(name: string, file: string, path: string, words: string[], size: number, wrap: (text: string) => string, length: number): Promise<Contender> {
  const child = await startChild(`tests/bench/servers/${file}`, /listening (\d+)/)
  const crowd = await gather(url(child.ready[1] ?? '', path), size, { headers: () => ({}), words })
  return {
    ...blank(name, child, crowd),
    send() {
      const marks = randomUUID()
      return { text: wrap(marks.padEnd(length, '.')), marks }
    },
  }
}

async function take(contender: Contender, round: number): Promise<void> {
  const before = contender.child.cpu()
  for (let message = 0; message < MESSAGES_PER_ROUND; message++) {
    const { text, marks } = contender.send(round)
    contender.times.push(await contender.crowd.deliver(round * MESSAGES_PER_ROUND + message, text, marks))
  }
  contender.cpu += contender.child.cpu() - before
  contender.deliveries += MESSAGES_PER_ROUND * contender.crowd.size
}

async function measure(size: number): Promise<Record<string, number>> {
  const first = await fangtan(size)
  await take(first, 0)
  const length = Buffer.byteLength(first.crowd.lastFrame())
  const contenders = [
    first,
    await bare('Socket.IO', 'socketio.ts', '/socket.io/?EIO=4&transport=websocket', ['40'], size, (text) => `42${JSON.stringify(['say', text])}`, length - 20),
    await bare('ws', 'ws.ts', '/', [], size, (text) => text, length),
  ]
  for (const contender of contenders) {
    await take(contender, 0)
    Object.assign(contender, { times: [], cpu: 0, deliveries: 0 })
  }
  for (let round = 1; round <= ROUNDS; round++) for (const contender of contenders) await take(contender, round)
  say(`${size} clients, frames of ${length} bytes`)
  const figures = contenders.map(({ name, times, cpu, deliveries }) => {
    const milliseconds = median(times)
    const micros = (cpu / deliveries) * 1e6
    say(`  ${name.padEnd(10)} to the last client ${round(milliseconds, 1)} ms, server CPU ${round(micros, 1)} µs a delivery`)
    return { milliseconds, micros }
  })
  for (const { child, crowd } of contenders) {
    crowd.close()
    await child.stop()
  }
  const [own, socketio, ws] = figures
  if (!own || !socketio || !ws) throw new Error('a contender is missing')
  return {
    cpuAgainstSocketIo: round(own.micros / socketio.micros),
    cpuAgainstWs: round(own.micros / ws.micros),
    lastClientAgainstSocketIo: round(own.milliseconds / socketio.milliseconds),
    lastClientAgainstWs: round(own.milliseconds / ws.milliseconds),
  }
}

try {
  const results: Record<string, Record<string, number>> = {}
  for (const size of SIZES) results[size] = await measure(size)
  report({ bench: 'fanout', ratio: results[SIZES.at(-1) ?? 0]?.['cpuAgainstSocketIo'] ?? Number.NaN, against: 'server CPU a delivery of bare Socket.IO, 2,000 clients', clients: results })
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
