import { expect, test } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { client } from '../support/client.ts'
import type { TestClient } from '../support/client.ts'
import { crowd } from '../support/crowd.ts'
import { onBothEngines } from '../support/engines.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const VOTERS = 40
const QUESTIONS = 20
/** The server is killed when so many votes were acknowledged, in the middle of the rush. */
const ENOUGH = 250

onBothEngines((engine) => {
  test('the server is killed in a rush of votes: what was acknowledged counts, and a retry counts nothing twice', async () => {
    const server = await startServer({ env: await engine.env() })
    const { sessionId } = await openSession(server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
    const asker = await crowd(server.url, QUESTIONS)
    const questionIds = await Promise.all(asker.map(async (each) => (await each.request('question:submit', questionInput(sessionId))).question.id))
    const voters = await crowd(server.url, VOTERS)

    const acknowledged = new Map(voters.map((voter) => [voter, new Set<string>()]))
    const vote = async (voter: TestClient) => {
      for (const questionId of questionIds) {
        await voter.request('question:vote', { sessionId, questionId, up: true })
        acknowledged.get(voter)!.add(questionId)
      }
    }
    const count = () => [...acknowledged.values()].reduce((sum, { size }) => sum + size, 0)
    const rush = Promise.allSettled(voters.map(vote))
    await until(() => count() >= ENOUGH, 'the rush to be under way')
    await server.kill()
    const broken = await rush
    expect(broken.every((each) => each.status === 'rejected' && each.reason instanceof RefusedError && each.reason.refusal.code === 'offline')).toBe(true)
    expect(count()).toBeLessThan(VOTERS * QUESTIONS)

    await server.restart()
    const counted = new Map<string, number>()
    for (const voter of voters) {
      const again = await client(server.url, { person: voter.person })
      const { snapshot } = await again.request('session:join', { sessionId, as: 'participant', since: null })
      expect([...acknowledged.get(voter)!].filter((id) => !snapshot!.votes.includes(id))).toEqual([])
      for (const id of snapshot!.votes) counted.set(id, (counted.get(id) ?? 0) + 1)
      for (const { id, votes } of snapshot!.questions) expect(votes).toBeGreaterThanOrEqual(counted.get(id) ?? 0)
      again.close()
    }
    const fresh = await client(server.url)
    const questions = async () => (await fresh.request('session:join', { sessionId, as: 'participant', since: null })).snapshot!.questions
    for (const { id, votes } of await questions()) expect(votes).toBe(counted.get(id) ?? 0)

    // As a page does that never heard an answer: every vote once more.
    const again = await Promise.all(voters.map(({ person }) => client(server.url, { person })))
    await Promise.all(again.flatMap((voter) => questionIds.map((questionId) => voter.request('question:vote', { sessionId, questionId, up: true }))))
    expect((await questions()).map(({ votes }) => votes)).toEqual(questionIds.map(() => VOTERS))
  })
})
