import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { ALLOWANCE } from '../../server/realtime/allowance.ts'
import type { Ack } from '../../shared/protocol/errors.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { client } from '../support/client.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

const FLOOD = 1_200

async function openScene() {
  const { sessionId } = await openSession(server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
  const asker = await client(server.url)
  const { question } = await asker.request('question:submit', questionInput(sessionId))
  const [flood, calm] = [await client(server.url), await client(server.url)]
  return { sessionId, questionId: question.id, flood, calm }
}
type Scene = Awaited<ReturnType<typeof openScene>>

/** What a client sends who sends all it can: `index` tells the messages apart. */
const KINDS: Record<string, (scene: Scene, index: number) => [event: string, payload: unknown]> = {
  questions: ({ sessionId }, index) => ['question:submit', questionInput(sessionId, `第 ${index} 问`)],
  votes: ({ sessionId, questionId }, index) => ['question:vote', { sessionId, questionId, up: index % 2 === 0 }],
  searches: ({ sessionId }) => ['question:similar', { sessionId, text: '加装电梯'.repeat(100), scope: 'public', exclude: null }],
  chat: ({ sessionId }, index) => ['chat:send', { sessionId, id: randomUUID(), text: `第 ${index} 句`, name: null }],
  'malformed messages': (_scene, index) => ['question:submit', { sessionId: [], text: { deep: [index] }, more: 'x'.repeat(2_000) }],
}

const code = (answer: unknown): string => {
  const ack = answer as Ack<unknown>
  return ack.ok ? 'ok' : ack.error.code
}

describe.each(Object.keys(KINDS))('a flood of %s', (kind) => {
  test('is refused before it does any work, and another’s vote and question are taken in between', async () => {
    const scene = await openScene()
    const { sessionId, questionId, flood, calm } = scene
    const order: string[] = []
    const answers = Array.from({ length: FLOOD }, async (_, index) => {
      const answer = code(await flood.ask(...KINDS[kind]!(scene, index)))
      order.push(`flood ${answer}`)
      return answer
    })
    const vote = calm.request('question:vote', { sessionId, questionId, up: true }).then(() => order.push('vote'))
    const asked = calm.request('question:submit', questionInput(sessionId, '平静的一问')).then(({ question }) => {
      order.push('question')
      return question
    })
    const [question] = await Promise.all([asked, vote])
    const codes = await Promise.all(answers)
    // All beyond what one connection may send was turned away at the door.
    expect(codes.slice(ALLOWANCE.messages).filter((each) => each !== 'rate_limited')).toEqual([])
    // Behind the door each person has their limits, too: at most six questions of the flood stood before this one.
    expect(question.number).toBeLessThanOrEqual(2 + 6)
    expect(codes.filter((each) => each === 'ok').length).toBeLessThanOrEqual(60)
    // In order of what was answered, nothing but refusals and what the flood was entitled to stood in the way.
    const admittedBefore = order.slice(0, order.indexOf('question')).filter((each) => each !== 'flood rate_limited' && each !== 'vote')
    expect(admittedBefore.length).toBeLessThanOrEqual(ALLOWANCE.messages)
  })
})

test('whoever goes on regardless is cut off, and others stay', async () => {
  const { sessionId, flood, calm } = await openScene()
  for (let index = 0; index < ALLOWANCE.messages * ALLOWANCE.patience + 10; index++) flood.socket.emit('session:leave', { sessionId }, () => undefined)
  await until(async () => flood.socket.disconnected, 'the flood to be cut off')
  expect(calm.socket.connected).toBe(true)
  expect((await calm.request('question:submit', questionInput(sessionId))).question.number).toBe(2)
})

test('packets that are none cut only their own line', async () => {
  const { sessionId, flood, calm } = await openScene()
  for (let index = 0; index < FLOOD; index++) flood.socket.io.engine.write(`2${'['.repeat(1_000)}`)
  await until(async () => flood.socket.disconnected, 'the flood to be cut off')
  expect((await calm.request('question:submit', questionInput(sessionId))).question.number).toBe(2)
})

test('few huge messages are a flood as well', async () => {
  const { sessionId, flood, calm } = await openScene()
  const huge = { ...questionInput(sessionId), text: 'x'.repeat(1_900_000) }
  const answers = await Promise.all(Array.from({ length: 8 }, () => flood.ask('question:submit', huge)))
  expect(answers.map(code)).toEqual(['invalid_input', 'invalid_input', 'invalid_input', 'invalid_input', 'rate_limited', 'rate_limited', 'rate_limited', 'rate_limited'])
  expect((await calm.request('question:submit', questionInput(sessionId))).question.number).toBe(2)
})
