import { beforeAll, describe, expect, test } from 'vitest'
import type { Outcomes, QuestionsExport } from '../../shared/outcomes.ts'
import type { QuestionAct } from '../../shared/questions.ts'
import type { RuleVerdict } from '../../shared/rules/selection.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { client } from '../support/client.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

let server: TestServer
let reader: Person

beforeAll(async () => {
  server = await startServer()
  reader = await createPerson(server.url)
})

type Step = QuestionAct extends infer Act ? (Act extends QuestionAct ? Omit<Act, 'sessionId' | 'questionId' | 'expectedVersion'> : never) : never

/** A session on air, with a way to ask and to act by number. */
async function scene(over: Parameters<typeof openSession>[2] = {}) {
  const opened = await openSession(server, 'live', over)
  const { sessionId, host } = opened
  // People may ask so many questions a minute.
  const asker = await client(server.url)
  const ids: string[] = []
  return {
    ...opened,
    idOf: (number: number) => ids[number]!,
    async ask(text: string, extra: Partial<ReturnType<typeof questionInput>> = {}): Promise<number> {
      const { question } = await asker.request('question:submit', { ...questionInput(sessionId, text), name: '东溪村民', ...extra })
      ids[question.number] = question.id
      return question.number
    },
    async act(number: number, step: Step): Promise<void> {
      const { snapshot } = await host.request('session:join', { sessionId, as: 'desk', since: null })
      const question = snapshot!.desk!.find((candidate) => candidate.number === number)!
      await host.request('question:act', { ...step, sessionId, questionId: question.id, expectedVersion: question.version })
    },
    vote: async (number: number) => void (await (await client(server.url)).request('question:vote', { sessionId, questionId: ids[number]!, up: true })),
    end: async ({ session }: OpenedSession) => void (await host.request('session:phase', { sessionId, action: 'end', expectedVersion: session.version })),
    outcomes: (query = '') => reader.get<Outcomes>(`/api/sessions/${sessionId}/outcomes${query}`),
  }
}

describe('what became of every question', () => {
  test('is public, at once, and hides nothing but what must be', async () => {
    const { ask, act, outcomes, idOf } = await scene()
    const [first, second, third, fourth] = [await ask('路灯几点亮？'), await ask('几点亮路灯？'), await ask('张三家偷电，电话 13800001111'), await ask('还没审的 13800001111')]
    expect((await outcomes()).states).toMatchObject({ pending: 4 })
    await act(first, { action: 'approve' })
    await act(second, { action: 'merge', intoId: idOf(first) })
    await act(third, { action: 'decline', code: 'privacy', reason: '请联系我们' })
    const { questions, states, declined, total, ledger } = await outcomes()
    expect({ total, states, declined }).toEqual({ total: 4, states: { pending: 1, approved: 1, asking: 0, answered: 0, declined: 1, merged: 1, withdrawn: 0 }, declined: { privacy: 1 } })
    expect(questions.map(({ text, hidden, mergedInto }) => ({ text, hidden, mergedInto }))).toEqual([
      { text: '路灯几点亮？', hidden: null, mergedInto: null },
      { text: '几点亮路灯？', hidden: null, mergedInto: 1 },
      { text: null, hidden: 'privacy', mergedInto: null },
      { text: null, hidden: 'not_reviewed', mergedInto: null },
    ])
    expect(JSON.stringify(await outcomes())).not.toMatch(/张三|1380000/)
    for (const word of ['张三', '13800001111', '还没审']) expect((await outcomes(`?search=${encodeURIComponent(word)}`)).questions).toEqual([])
    expect((await outcomes(`?state=declined`)).questions.map(({ number }) => number)).toEqual([third])
    expect((await outcomes(`?after=${third}`)).questions.map(({ number }) => number)).toEqual([fourth])
    expect(ledger.entries).toBe(10)
  })

  test.each(['?after=-1', '?state=gone', '?page=2', `?search=${'长'.repeat(51)}`, '?after=1&after=2'])('refuses %s', async (query) => {
    const { sessionId } = await openSession(server)
    const response = await reader.fetch(`/api/sessions/${sessionId}/outcomes${query}`)
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'invalid_input' } }])
  })
})

describe('the promise on the choice of questions', () => {
  test('is not kept by taking a question with many votes back to review', async () => {
    const opened = await scene({ settings: { ...DEFAULT_SETTINGS, rule: { top: 1, perTopic: 0, correctEarly: true } } })
    const { sessionId, ask, act, vote, end } = opened
    const verdict = () => reader.get<RuleVerdict | null>(`/api/sessions/${sessionId}/rule`)
    const [loved, other, never] = [await ask('医院什么时候开？'), await ask('花坛什么时候种？'), await ask('从没公开过的')]
    await act(loved, { action: 'approve' })
    await act(other, { action: 'approve' })
    for (let times = 0; times < 3; times++) await vote(loved)
    await vote(other)
    await until(async () => (await verdict())?.top?.items[0]?.votes === 3, 'the votes to be counted')
    await act(loved, { action: 'take_back' })
    await act(other, { action: 'reply', text: '春天。', guestId: null })
    expect((await verdict())?.top).toEqual({ kept: null, items: [{ number: loved, votes: 3, fate: 'open' }] })
    await end(opened)
    expect((await verdict())?.top).toEqual({ kept: false, items: [{ number: loved, votes: 3, fate: 'open' }] })
    await act(loved, { action: 'approve' })
    await act(loved, { action: 'reply', text: '明年。', guestId: null })
    expect((await verdict())?.top).toMatchObject({ kept: true })
    expect(JSON.stringify(await verdict())).not.toContain(`"number":${never}`)
    expect((await reader.get<Outcomes>(`/api/sessions/${sessionId}/outcomes`)).rule).toEqual(await verdict())
  })

  test('is null where nothing was promised', async () => {
    const { sessionId } = await openSession(server)
    expect(await reader.get(`/api/sessions/${sessionId}/rule`)).toBeNull()
  })
})

describe('exports', () => {
  test('give the desk everything, and others nothing', async () => {
    const { sessionId, join, host, ask, act } = await scene()
    const number = await ask('=HYPERLINK("http://evil.example","点我") 13800001111')
    await act(number, { action: 'edit', text: '路灯几点亮？' })
    const moderator = await join('moderator')
    for (const person of [host.person, moderator.person]) {
      const { questions } = JSON.parse(await (await person.fetch(`/api/sessions/${sessionId}/questions.json`)).text()) as QuestionsExport
      expect(questions).toMatchObject([{ number, text: '路灯几点亮？', originalText: '=HYPERLINK("http://evil.example","点我") 13800001111', name: '东溪村民' }])
    }
    const table = await host.person.fetch(`/api/sessions/${sessionId}/questions.csv`, { headers: { 'Accept-Language': 'en-GB' } })
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(table.headers.get('content-disposition')).toBe(`attachment; filename=questions-${sessionId}.csv`)
    const bytes = Buffer.from(await table.arrayBuffer())
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(bytes.toString()).toContain(`"'=HYPERLINK(""http://evil.example"",""点我"") 13800001111"`)
    const guest = await join('guest')
    for (const person of [reader, guest.person]) for (const kind of ['csv', 'json']) expect((await person.fetch(`/api/sessions/${sessionId}/questions.${kind}`)).status).toBe(403)
  })

  test('give everybody what is public', async () => {
    const { sessionId, ask } = await scene()
    await ask('还没审的问题')
    const text = await (await reader.fetch(`/api/sessions/${sessionId}/outcomes.csv?lang=zh-CN`)).text()
    expect(text).toContain('（尚未审核，暂不公开）')
    expect(text).not.toContain('还没审的问题')
    expect((await reader.fetch(`/api/sessions/${sessionId}/outcomes.csv?lang=fr`)).status).toBe(400)
  })

  test.each(['outcomes', 'rule', 'ledger', 'ledger/check', 'outcomes.csv'])('of a session that is not there: %s', async (path) => {
    expect((await reader.fetch(`/api/sessions/nosuchone1/${path}`)).status).toBe(404)
  })

  test('ask too often, and they wait; others do not', async () => {
    const { sessionId } = await openSession(server)
    const hurried = await createPerson(server.url, { address: '203.0.113.50' })
    const answers = await Promise.all(Array.from({ length: 70 }, () => hurried.fetch(`/api/sessions/${sessionId}/ledger/check`)))
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
    expect((await (await createPerson(server.url, { address: '203.0.113.51' })).fetch(`/api/sessions/${sessionId}/ledger/check`)).status).toBe(200)
  })
})

test('nothing of it was a surprise to the server', () => expect(server.output()).not.toMatch(/"level":50|request failed/))
