import { expect, test } from 'vitest'
import { client } from '../support/client.ts'
import { follow } from '../support/follow.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'

test('a started server prints a host link, serves, and keeps its data over kill -9', async () => {
  const server = await startServer()
  const { sessionId, host } = await openSession(server)
  const resident = await client(server.url)
  const { question } = await resident.request('question:submit', questionInput(sessionId))
  expect(question.number).toBe(1)

  await server.kill()
  expect(server.running()).toBe(false)
  await server.restart()
  const again = await client(server.url, { person: host.person })
  const { snapshot } = await again.request('session:join', { sessionId, as: 'desk', since: null })
  expect(snapshot?.desk?.map((entry) => entry.id)).toEqual([question.id])
})

test('a page that follows a session shows what others do', async () => {
  const server = await startServer()
  const { sessionId, host } = await openSession(server)
  const desk = await follow(host, sessionId, 'desk')
  const resident = await client(server.url)
  const { question } = await resident.request('question:submit', questionInput(sessionId))
  await desk.until((state) => state.desk?.has(question.id) ?? false, 'the question on the desk')
})
