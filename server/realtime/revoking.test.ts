import { EventEmitter } from 'node:events'
import pino from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RightsChange } from '../accounts/rights.ts'
import { createRevoking } from './revoking.ts'
import type { Revoking, RightsFeed } from './revoking.ts'
import type { FangtanServer, FangtanSocket } from './types.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** As much of a connection as is looked at here. */
class Line extends EventEmitter {
  readonly told: unknown[] = []
  readonly data: { personId: string; signInId: string | null }
  constructor(personId: string, signInId: string | null) {
    super()
    this.data = { personId, signInId }
  }
  override emit(event: string, ...rest: unknown[]): boolean {
    if (event === 'access:revoked') this.told.push(rest[0])
    return super.emit(event, ...rest)
  }
  onAny() {}
  disconnect() {
    this.emit('disconnect')
  }
}

let rows: (RightsChange & { at: string })[]
let signIns: Set<string>
let reachable: boolean
let revoking: Revoking
let io: EventEmitter

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T02:00:00.000Z'), toFake: ['setInterval', 'clearInterval', 'setTimeout', 'Date', 'performance'] })
  rows = []
  signIns = new Set(['here'])
  reachable = true
  io = new EventEmitter()
  const feed: RightsFeed = {
    changesSince: (at) => (reachable ? Promise.resolve(rows.filter((row) => row.at >= at)) : Promise.reject(new Error('no database'))),
    expiredSignIns: () => Promise.resolve([]),
    expiredGrants: () => Promise.resolve([]),
    touch: () => Promise.resolve(),
    present: (ids) => Promise.resolve(new Set(ids.filter((id) => signIns.has(id)))),
    tidy: () => Promise.resolve(),
  }
  const identify = ({ data: { personId, signInId } }: FangtanSocket) => Promise.resolve({ personId, signInId, kind: null })
  revoking = createRevoking(io as unknown as FangtanServer, { feed, forget: () => undefined, identify, now: () => new Date(), log: pino({ level: 'silent' }) })
})
afterEach(async () => {
  await revoking.close()
  vi.useRealTimers()
})

function connect(personId: string, signInId: string | null = null): Line {
  const line = new Line(personId, signInId)
  io.emit('connection', line)
  return line
}
const change = (personId: string, byClock: number) => rows.push({ id: String(rows.length), personId, reason: 'revoked', signInId: null, at: new Date(Date.now() + byClock).toISOString() })
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test.each([-100 * SECOND, 0, 5 * MINUTE])('a change is heard of once, written by a clock that is %i ms off', async (off) => {
  const [line, other] = [connect('a'), connect('b')]
  change('a', off)
  await pass(SECOND)
  expect(line.told).toEqual([{ reason: 'revoked' }])
  const back = connect('a')
  await pass(12 * MINUTE)
  expect([back.told, other.told]).toEqual([[], []])
})

test('whoever stays by a sign-in that is gone goes within the minute, though nobody said so', async () => {
  const [stays, goes, anonymous] = [connect('a', 'here'), connect('a', 'gone'), connect('a')]
  await pass(61 * SECOND)
  expect([stays.told, goes.told, anonymous.told]).toEqual([[], [{ reason: 'signed_out' }], []])
})

test('what could not be read for some minutes is read afterwards; after longer, everybody has to come anew', async () => {
  const [line, other] = [connect('a'), connect('b')]
  reachable = false
  change('a', 0)
  await pass(4 * MINUTE)
  reachable = true
  await pass(SECOND)
  expect([line.told, other.told]).toEqual([[{ reason: 'revoked' }], []])
  reachable = false
  await pass(7 * MINUTE)
  reachable = true
  await pass(SECOND)
  expect(other.told).toEqual([{ reason: 'changed' }])
})
