import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMembers } from './members.ts'
import { STAGE_TIMES } from './ops.ts'
import type { Stages } from './ops.ts'
import { UnreachableError } from './ports.ts'
import type { MediaBus } from './ports.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(request: (processId: string, input: unknown) => Promise<{ unknown: string[]; stages: Stages | null }>) {
  const lost = vi.fn()
  const stages = vi.fn()
  let upSince = 0
  const bus: MediaBus = {
    request: async (processId: string, _: string, input: unknown) => request(processId, input),
    answer: () => undefined,
    upSince: () => upSince,
    close: async () => undefined,
  }
  const members = createMembers('me', bus, { lost, stages })
  return { members, lost, stages, comeUp: () => (upSince = Date.now()) }
}
const beat = (times = 1) => vi.advanceTimersByTimeAsync(STAGE_TIMES.sync * times)

it('tells each remote owner who is here, and not itself', async () => {
  const request = vi.fn(async () => ({ unknown: [], stages: null }))
  const { members } = setUp(request)
  members.joining('s1', 'a', 'other')
  members.joining('s1', 'b', 'other')
  members.joining('s1', 'c', 'me')
  await beat()
  expect(request).toHaveBeenCalledExactlyOnceWith('other', { sessionId: 's1', processId: 'me', peerIds: ['a', 'b'], known: null })
  members.close()
})

it('gives up those that the owner does not know, but not one that is joining', async () => {
  const { members, lost } = setUp(async () => ({ unknown: ['a', 'b'], stages: null }))
  expect(members.joined('s1', 'a', members.joining('s1', 'a', 'other'))).toBe(true)
  members.joining('s1', 'b', 'other')
  await beat()
  expect(lost.mock.calls).toEqual([['s1', ['a']]])
  expect(members.owner('s1', 'a')).toBeNull()
  expect(members.owner('s1', 'b')).toBe('other')
  members.close()
})

it('passes on a state it has not compared yet, once', async () => {
  const stage = { generation: 'g', version: 3, peers: [], speaker: null }
  const request = vi.fn(async (_: string, input: unknown) => ({ unknown: [], stages: isDeepStrictEqual((input as { known: unknown }).known, { generation: 'g', version: 3 }) ? null : { viewer: stage, backstage: stage, floor: stage } }))
  const { members, stages } = setUp(request)
  members.joining('s1', 'a', 'other')
  await beat(3)
  expect(stages.mock.calls).toEqual([['s1', { viewer: stage, backstage: stage, floor: stage }]])
  members.close()
})

it('lets the later of two attempts stand', () => {
  const { members } = setUp(async () => ({ unknown: [], stages: null }))
  const first = members.joining('s1', 'a', 'other')
  const second = members.joining('s1', 'a', 'third')
  expect(members.joined('s1', 'a', first)).toBe(false)
  expect(members.isLatest('s1', 'a', first)).toBe(false)
  expect(members.joined('s1', 'a', second)).toBe(true)
  expect(members.sessionsOf('a')).toEqual(['s1'])
  members.close()
})

it('gives up everybody once an owner stays unreachable', async () => {
  const { members, lost } = setUp(() => Promise.reject(new UnreachableError('other')))
  members.joined('s1', 'a', members.joining('s1', 'a', 'other'))
  await beat(3)
  expect(lost).not.toHaveBeenCalled()
  await beat(2)
  expect(lost.mock.calls).toEqual([['s1', ['a']]])
  members.close()
})

it('does not count the time in which our own line was cut', async () => {
  const { members, lost, comeUp } = setUp(() => Promise.reject(new UnreachableError('other')))
  members.joined('s1', 'a', members.joining('s1', 'a', 'other'))
  await beat(3)
  comeUp()
  await beat(2)
  expect(lost).not.toHaveBeenCalled()
  members.close()
})

it('forgets who left', async () => {
  const request = vi.fn(async () => ({ unknown: [], stages: null }))
  const { members } = setUp(request)
  members.joining('s1', 'a', 'other')
  expect(members.remove('s1', 'a')).toBe('other')
  expect(members.remove('s1', 'a')).toBeNull()
  await beat()
  expect(request).not.toHaveBeenCalled()
  members.close()
})
