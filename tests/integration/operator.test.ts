import { expect, test } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import { createPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

test('the operator’s link is for trying out: a start in production takes it from everybody, and shows how to set up instead', async () => {
  const env = { SECRET: 'the same before and after' }
  const trying = await startServer({ env })
  const operator = await createPerson(trying.url, { link: trying.links.host })
  expect((await operator.get<Me>('/api/me')).grants.map(({ role, sessionId }) => [role, sessionId])).toEqual([['host', null], ['admin', null]])
  const token = new URL(trying.links.host).pathname.replace('/in/', '')
  await trying.kill('SIGTERM')

  const production = await startServer({ env: { ...env, NODE_ENV: 'production', DEMONSTRATION: '', DATA_DIR: trying.dataDir } })
  expect(production.output()).not.toContain('/in/')
  expect(production.output()).toMatch(/\/setup#[\w-]{20,}/)
  const asBefore = await fetch(`${production.url}/api/me`, { headers: { Cookie: operator.cookie } })
  expect(((await asBefore.json()) as { data: Me }).data.grants).toEqual([])
  const stranger = await createPerson(production.url)
  await expect(stranger.send('POST', '/api/links/open', { token, move: true })).rejects.toMatchObject({ refusal: { code: 'link_invalid' } })
  await production.kill('SIGTERM')

  await trying.restart()
  expect((await createPerson(trying.url, { link: trying.links.host }).then((person) => person.get<Me>('/api/me'))).grants).toHaveLength(2)
})
