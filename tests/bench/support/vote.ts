import { randomUUID } from 'node:crypto'
import { createSigner } from '../../../server/accounts/tokens.ts'
import { createCore } from '../../../server/core.ts'
import type { Core } from '../../../server/core.ts'
import type { Database } from '../../../server/db/database.ts'
import { DEFAULT_SETTINGS } from '../../../shared/sessions.ts'

export const SECRET = 'a secret for the benchmark only'
const WAY = ['open_backstage', 'start'] as const

/** Every use case over `database`, and a live session in which so many questions are open to votes. */
export async function openLive(database: Database, questions: number): Promise<{ core: Core; sessionId: string; questionIds: string[] }> {
  const signer = createSigner(SECRET)
  const core = createCore({ database, signer, secret: SECRET, publicUrl: 'http://localhost', now: () => new Date(), committed: () => undefined, watching: () => 0 })
  const host = randomUUID()
  await core.operator.give(host)
  const sessionId = randomUUID().replaceAll('-', '').slice(0, 10)
  let { version } = await core.sessions.create(host, {
    id: sessionId,
    kind: 'interview',
    title: '压力测试',
    topic: '',
    introduction: '',
    startsAt: new Date().toISOString(),
    plannedMinutes: 90,
    guests: [],
    settings: { ...DEFAULT_SETTINGS, reviewFirst: false },
  })
  for (const action of WAY) ({ version } = await core.sessions.phase(host, { sessionId, action, expectedVersion: version }))
  const questionIds: string[] = []
  for (let index = 0; index < questions; index++) {
    const question = { sessionId, id: randomUUID(), text: `第 ${index + 1} 问`, name: null, topicId: null, pictureId: null, follows: null }
    questionIds.push((await core.questions.submit(randomUUID(), '', question)).id)
  }
  return { core, sessionId, questionIds }
}

/** A phone of its own on a line of its own. */
export const atHome = (index: number) => ({ address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`, userAgent: 'a phone' })
