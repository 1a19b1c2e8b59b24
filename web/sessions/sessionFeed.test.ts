import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SessionJoined } from '../../shared/protocol/events.ts'
import { createFakeConnection } from '../net/fakeConnection.test-support.ts'
import { EPOCH, NOW, SESSION, joined, message, question } from './fixtures.test-support.ts'
import { createSessionFeed } from './sessionFeed.ts'

type Answer = SessionJoined | RefusedError

/** A server that answers joins from a list, the last one again and again. */
function serve(...answers: Answer[]) {
  const fake = createFakeConnection(({ event }) => {
    if (event !== 'session:join') return Promise.resolve(null)
    const next = answers.length > 1 ? answers.shift() : answers[0]
    return next instanceof RefusedError ? Promise.reject(next) : Promise.resolve(next)
  })
  return { ...fake, joins: () => fake.sent.filter(({ event }) => event === 'session:join').map(({ payload }) => payload) }
}

const missed = (seq: number): SessionJoined => ({ epoch: EPOCH, seq, now: NOW, watching: 3, snapshot: null, events: [{ type: 'question', question: question(2) }] })
const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('following a session', () => {
  it('joins and then applies what comes', async () => {
    const server = serve(joined(4))
    const feed = createSessionFeed(server.connection, SESSION, 'participant')
    expect(feed.phase.value).toBe('loading')
    await settle()
    expect(feed.phase.value).toBe('ready')
    server.say('session:events', message(4, 5, { type: 'question', question: question(1) }))
    expect(feed.state.value).toMatchObject({ seq: 5 })
    expect(feed.state.value?.questions.size).toBe(1)
  })

  it('keeps what comes before the answer to its join', async () => {
    const server = serve(joined(4))
    const feed = createSessionFeed(server.connection, SESSION, 'participant')
    server.say('session:events', message(3, 4, { type: 'question', question: question(9) }))
    server.say('session:events', message(4, 5, { type: 'question', question: question(1) }))
    await settle()
    expect(feed.state.value?.seq).toBe(5)
    expect([...(feed.state.value?.questions.keys() ?? [])]).toEqual([question(1).id])
  })

  it('asks for what it missed after a gap', async () => {
    const server = serve(joined(4), missed(7))
    const feed = createSessionFeed(server.connection, SESSION, 'participant')
    await settle()
    server.say('session:events', message(5, 7))
    await settle()
    expect(server.joins()[1]).toEqual({ sessionId: SESSION, as: 'participant', since: { epoch: EPOCH, seq: 4 } })
    expect(feed.state.value?.seq).toBe(7)
    expect(feed.state.value?.questions.has(question(2).id)).toBe(true)
  })

  it('joins again after a reconnect', async () => {
    const server = serve(joined(4), missed(6))
    const feed = createSessionFeed(server.connection, SESSION, 'participant')
    await settle()
    server.reconnect()
    await settle()
    expect(feed.state.value?.seq).toBe(6)
  })

  it('finds a message lost without a trace by the second head that is ahead', async () => {
    const server = serve(joined(4), missed(6))
    const feed = createSessionFeed(server.connection, SESSION, 'participant')
    await settle()
    const head = { sessionId: SESSION, epoch: EPOCH, seq: 6, now: NOW, watching: 8 }
    server.say('session:head', head)
    await settle()
    expect(server.joins()).toHaveLength(1)
    expect(feed.state.value?.watching).toBe(8)
    server.say('session:head', head)
    await settle()
    expect(feed.state.value?.seq).toBe(6)
  })

  it('tries again by itself when the server could not answer', async () => {
    const server = serve(new RefusedError('timeout'), joined(4))
    const feed = createSessionFeed(server.connection, SESSION, 'participant')
    await settle()
    expect([feed.phase.value, feed.error.value?.code]).toEqual(['loading', 'timeout'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect([feed.phase.value, feed.error.value]).toEqual(['ready', null])
  })

  it('stops at a refusal for good, until it is told to refresh', async () => {
    const server = serve(new RefusedError('not_found'), joined(4))
    const feed = createSessionFeed(server.connection, SESSION, 'participant')
    await vi.advanceTimersByTimeAsync(60_000)
    expect([feed.phase.value, feed.error.value?.code, server.joins().length]).toEqual(['error', 'not_found', 1])
    feed.refresh()
    await settle()
    expect(feed.phase.value).toBe('ready')
  })

  it('leaves only after its join was answered, and before the next page joins', async () => {
    const server = serve(joined(4))
    createSessionFeed(server.connection, SESSION, 'participant').close()
    createSessionFeed(server.connection, SESSION, 'desk')
    await settle()
    expect(server.sent.map(({ event }) => event)).toEqual(['session:join', 'session:leave', 'session:join'])
  })

  it('is deaf once closed', async () => {
    const server = serve(joined(4))
    const feed = createSessionFeed(server.connection, SESSION, 'participant')
    await settle()
    feed.close()
    server.say('session:events', message(4, 5))
    server.reconnect()
    await settle()
    expect(feed.state.value?.seq).toBe(4)
    expect(server.joins()).toHaveLength(1)
  })
})
