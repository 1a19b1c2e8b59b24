import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verifyLedger } from '../../server/ledger/rules.ts'
import type { LedgerFile } from '../../shared/ledger.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { JoinAs } from '../../shared/protocol/events.ts'
import type { SubmitQuestion } from '../../shared/questions.ts'
import { client } from '../support/client.ts'
import type { TestClient } from '../support/client.ts'
import { crowd } from '../support/crowd.ts'
import { onBothEngines } from '../support/engines.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { follow, shown } from '../support/follow.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

/** A page's second connection, which loads everything afresh, and what it shows. */
async function freshPage(url: string, who: TestClient, sessionId: string, as: JoinAs) {
  const page = await client(url, { person: who.person })
  const follower = await follow(page, sessionId, as)
  const state = shown(follower.state())
  page.close()
  return state
}

/** Some of everything that changes a session, by several people. */
async function muchHappens({ sessionId, session, host }: OpenedSession, residents: TestClient[]) {
  const questions = await Promise.all(residents.map((resident, index) => resident.request('question:submit', questionInput(sessionId, `问题 ${index}`)).then(({ question }) => question)))
  const [first, second, third, fourth, fifth] = questions.map(({ id }) => ({ sessionId, questionId: id }))
  for (const target of [first!, second!, third!]) await host.request('question:act', { ...target, action: 'approve', expectedVersion: 1 })
  await host.request('question:act', { ...fourth!, action: 'decline', code: 'answered_before', reason: '重复', expectedVersion: 1 })
  await Promise.all(residents.flatMap((resident, index) => [resident.request('question:vote', { ...first!, up: true }), resident.request('question:vote', { ...second!, up: index % 2 === 0 })]))
  await residents[0]!.request('question:vote', { ...first!, up: false })
  await host.request('question:act', { ...first!, action: 'air', replacing: null, seconds: 60, expectedVersion: 2 })
  await host.request('question:act', { ...second!, action: 'air', replacing: first!.questionId, seconds: 0, expectedVersion: 2 })
  await host.request('question:act', { ...third!, action: 'edit', text: '改正的说法', expectedVersion: 2 })
  await host.request('question:act', { ...third!, action: 'take_back', expectedVersion: 3 })
  await host.request('question:act', { ...fifth!, action: 'approve', expectedVersion: 1 })
  await residents[2]!.request('question:vote', { ...fifth!, up: true })
  await host.request('question:act', { ...fifth!, action: 'merge', intoId: second!.questionId, expectedVersion: 2 })
  await host.request('question:note', { ...fifth!, id: randomUUID(), text: '与第二个问题相同' })
  await residents[0]!.request('question:object', { ...first!, reason: '没有说时间' })
  await host.request('question:act', { ...first!, action: 'reply', text: '书面补充', guestId: null, expectedVersion: 4 })
  await host.request('session:intake', { sessionId, paused: true, slowSeconds: 30, reason: '先处理积压' })
  const held = await residents[0]!.request('chat:send', { sessionId, id: randomUUID(), text: '加微信', name: null })
  await residents[1]!.request('chat:send', { sessionId, id: randomUUID(), text: '博彩', name: null })
  await host.request('chat:release', { sessionId, messageId: held.message.id })
  await host.request('person:sanction', { sessionId, author: held.message.author, kind: 'mute', reason: '广告' })
  const words = { sessionId, id: randomUUID(), text: '第一句', name: null }
  await residents[0]!.request('chat:send', words)
  await residents[1]!.request('chat:send', { ...words, id: randomUUID(), text: '第二句' })
  await host.request('chat:delete', { sessionId, messageId: words.id })
  await host.request('stage:admit', { sessionId, seatId: session.guests[0]!.id, onAir: true })
  await host.request('session:phase', { sessionId, action: 'pause', expectedVersion: session.version })
}

describe('after a line that broke', () => {
  test('a page shows what a fresh one shows: for the public, the asker, and the desk', async () => {
    const server = await startServer()
    const opened = await openSession(server)
    const { sessionId } = opened
    const residents = await crowd(server.url, 5)
    const [viewer, desk] = [await client(server.url), await client(server.url, { person: opened.host.person })]
    const pages = [
      { who: viewer, as: 'participant' as const },
      { who: await client(server.url, { person: residents[0]!.person }), as: 'participant' as const },
      { who: desk, as: 'desk' as const },
    ]
    const open = await Promise.all(pages.map(async ({ who, as }) => ({ who, as, page: await follow(who, sessionId, as) })))
    const before = await opened.host.request('session:join', { sessionId, as: 'desk', since: null })
    for (const { who } of open) who.socket.disconnect()
    await muchHappens(opened, residents)
    const { seq } = await opened.host.request('session:join', { sessionId, as: 'desk', since: { epoch: before.epoch, seq: before.seq } })
    for (const { who, as, page } of open) {
      who.socket.connect()
      const caughtUp = await page.until((state) => state.seq >= seq, 'what was missed')
      expect(shown(caughtUp)).toEqual(await freshPage(server.url, who, sessionId, as))
      expect(caughtUp.questions.size).toBe(2)
    }
  })

  test('and one that stayed shows the same, having heard it all', async () => {
    const server = await startServer()
    const opened = await openSession(server)
    const residents = await crowd(server.url, 5)
    const page = await follow(residents[0]!, opened.sessionId)
    const desk = await follow(opened.host, opened.sessionId, 'desk')
    await muchHappens(opened, residents)
    const { seq } = await freshPage(server.url, opened.host, opened.sessionId, 'desk')
    expect(shown(await desk.until((state) => state.seq >= seq, 'the rest on the desk'))).toEqual(await freshPage(server.url, opened.host, opened.sessionId, 'desk'))
    expect(shown(await page.until((state) => state.seq >= seq, 'the rest on the page'))).toEqual(await freshPage(server.url, residents[0]!, opened.sessionId, 'participant'))
  })

  test('who missed very much is given a snapshot, who has nothing of this database a snapshot too', async () => {
    const server = await startServer()
    const { sessionId, session, host } = await openSession(server)
    const { epoch, seq } = await host.request('session:join', { sessionId, as: 'participant', since: null })
    const admit = (onAir: boolean) => host.request('stage:admit', { sessionId, seatId: session.guests[0]!.id, onAir })
    // Below the flood limit of one connection, in two helpings.
    for (let step = 0; step < 280; step++) await admit(step % 2 === 0)
    const missed = await host.request('session:join', { sessionId, as: 'participant', since: { epoch, seq } })
    expect(missed.events).toHaveLength(280)
    const other = await client(server.url, { person: host.person })
    for (let step = 0; step < 30; step++) await other.request('stage:admit', { sessionId, seatId: session.guests[0]!.id, onAir: step % 2 === 0 })
    for (const since of [{ epoch, seq }, { epoch: 'another database', seq: seq + 300 }, { epoch, seq: seq + 9_999 }]) {
      const answer = await other.request('session:join', { sessionId, as: 'participant', since })
      expect(answer).toMatchObject({ events: null, seq: seq + 310, epoch, snapshot: { session: { id: sessionId } } })
    }
  })
})

const QUESTIONS = 200
const PEOPLE = 40

onBothEngines((engine) => {
  test('kill -9 while questions come in: what was acknowledged is there once, what was not is there once after a retry', async () => {
    const server = await startServer({ env: await engine.env() })
    const { sessionId, host } = await openSession(server)
    const residents = await crowd(server.url, PEOPLE, { reconnect: true })
    const page = await follow(residents[0]!, sessionId)
    const desk = await follow(await client(server.url, { person: host.person, reconnect: true }), sessionId, 'desk')
    const acknowledged = new Map<string, number>()
    const unanswered: { by: TestClient; question: SubmitQuestion }[] = []

    const sending = Array.from({ length: QUESTIONS }, (_, index) => {
      const by = residents[index % PEOPLE]!
      const question = questionInput(sessionId, `问题 ${index}`)
      return by.request('question:submit', question).then(
        (answer) => acknowledged.set(question.id, answer.question.number),
        (error: unknown) => {
          expect(error).toMatchObject({ refusal: { code: 'offline' } })
          unanswered.push({ by, question })
        },
      )
    })
    await until(() => acknowledged.size >= QUESTIONS / 5, 'a part of the questions to be acknowledged')
    await server.kill('SIGKILL')
    await Promise.all(sending)
    expect(unanswered.length).toBeGreaterThan(0)
    const before = new Map(acknowledged)
    await server.restart()

    // Pages come back by themselves and their outbox sends again, under the same id.
    await Promise.all(
      unanswered.map(({ by, question }) =>
        until(
          async () => {
            const answer = await by.request('question:submit', question).catch((error: unknown) => error)
            if (answer instanceof RefusedError) {
              expect(answer.refusal.code).toBe('offline')
              return false
            }
            acknowledged.set(question.id, (answer as { question: { number: number } }).question.number)
            return true
          },
          'an unanswered question to be taken',
          20_000,
        ),
      ),
    )
    const { seq, desk: all } = await freshPage(server.url, host, sessionId, 'desk')
    expect(all).toHaveLength(QUESTIONS)
    expect(all!.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: QUESTIONS }, (_, index) => index + 1))
    expect(new Map(all!.map(({ id, number }) => [id, number]))).toEqual(acknowledged)
    for (const [id, number] of before) expect(acknowledged.get(id)).toBe(number)
    const ledger = (await (await host.person.fetch(`/api/sessions/${sessionId}/ledger`)).json()) as LedgerFile
    expect(verifyLedger(ledger)).toMatchObject({ ok: true })
    expect(ledger.entries.filter(({ action }) => action === 'submit')).toHaveLength(QUESTIONS)

    expect(shown(await desk.until((state) => state.seq >= seq, 'the desk to catch up', 15_000))).toEqual(await freshPage(server.url, host, sessionId, 'desk'))
    expect(shown(await page.until((state) => state.seq >= seq, 'the page to catch up', 15_000))).toEqual(await freshPage(server.url, residents[0]!, sessionId, 'participant'))
    expect(page.state().own.size).toBe(QUESTIONS / PEOPLE)
  })
})
