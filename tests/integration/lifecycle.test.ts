import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createAccountStore } from '../../server/accounts/store.ts'
import type { Core } from '../../server/core.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SessionEvent } from '../../shared/protocol/events.ts'
import { questionStateSchema } from '../../shared/questions.ts'
import type { QuestionAct, QuestionAction, QuestionState } from '../../shared/questions.ts'
import { may } from '../../shared/rules/permissions.ts'
import type { Permission } from '../../shared/rules/permissions.ts'
import { QUESTION_ACTIONS, isPublic, questionStep } from '../../shared/rules/questionLifecycle.ts'
import { PHASE_ACTIONS, phaseStep } from '../../shared/rules/sessionLifecycle.ts'
import { phaseSchema } from '../../shared/sessions.ts'
import type { Phase } from '../../shared/sessions.ts'
import { NOWHERE, openCore, openTestDatabase } from '../support/core.ts'
import { guest, questionInput, sessionInput } from '../support/fixtures.ts'
import { AT, openStores } from '../support/stores.ts'

const ROLES = ['host', 'moderator', 'guest', 'participant', 'asker'] as const
type Who = (typeof ROLES)[number]

/** The guest that `people.guest` speaks for. */
const GUEST = randomUUID()

let core: Core
let stores: ReturnType<typeof openStores>
let committed: { sessionId: string; seq: number }[]
const people = Object.fromEntries(ROLES.map((role) => [role, randomUUID()])) as Record<Who, string>

beforeAll(async () => {
  const database = await openTestDatabase()
  stores = openStores(database)
  ;({ core, committed } = openCore(database))
  for (const role of ['host', 'moderator', 'guest'] as const) {
    const id = randomUUID()
    await database.transact(async (tx) => {
      await createAccountStore(tx).insertGrant({ id, sessionId: null, role, guestId: role === 'guest' ? GUEST : null, name: '', accountId: null }, AT)
      await createAccountStore(tx).hold(people[role], id, AT)
    })
  }
})

/** A session in `phase` with one question of the asker's, in `state`, and another one that it can be merged into, or is. */
async function scene(phase: Phase, state: QuestionState) {
  const input = sessionInput({ guests: [{ ...guest(), id: GUEST }] })
  const made = await stores.create(input, 'creator', async (tx) => {
    tx.update({ phase })
    const rootId = randomUUID()
    const merged = state === 'merged' ? { mergedIntoId: rootId, mergedIntoNumber: 2, parentId: rootId } : {}
    const question = await stores.addQuestion(tx, { personId: people.asker, state, publicAt: isPublic(state) ? AT : null, ...merged })
    return { question, root: await stores.addQuestion(tx, { id: rootId, state: 'approved', publicAt: AT, merged: state === 'merged' ? 1 : 0 }) }
  })
  return { sessionId: input.id, ...made! }
}

/** Runs what must be refused; nothing may have changed and nobody been told. @returns the refusal */
async function refusal(sessionId: string, act: () => Promise<unknown>) {
  const before = await stores.whole(sessionId)
  const told = committed.length
  const error = await act().then(
    () => new Error('was not refused'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RefusedError)) throw error
  expect(await stores.whole(sessionId)).toEqual(before)
  expect(committed).toHaveLength(told)
  return error.refusal
}

const allowed = async (who: Who, permission: Permission, sessionId: string) => may(await core.access.actor(people[who], sessionId), permission, who === 'asker')

function actOn(question: { id: string; sessionId: string; version: number; state: QuestionState }, action: QuestionAction, intoId = question.id): QuestionAct {
  const target = { sessionId: question.sessionId, questionId: question.id, expectedVersion: question.version }
  switch (action) {
    case 'decline':
      return { ...target, action, code: 'off_topic', reason: '与主题无关' }
    case 'edit':
      return { ...target, action, text: '改正后的文字' }
    case 'revise':
      return { ...target, action, text: '重新写过', topicId: null, pictureId: null }
    case 'air':
      return { ...target, action, replacing: question.state === 'asking' ? question.id : null, seconds: 90 }
    case 'time':
      return { ...target, action, seconds: 60 }
    case 'reply':
      return { ...target, action, text: '已经安排', guestId: GUEST }
    case 'merge':
      return { ...target, action, intoId }
    case 'label':
      return { ...target, action, topicId: null }
    case 'assign':
      return { ...target, action, guestId: GUEST }
    case 'approve':
    case 'answer':
    case 'split':
    case 'take_back':
    case 'withdraw':
      return { ...target, action }
  }
}

const byAsker = (action: QuestionAction) => action === 'withdraw' || action === 'revise'

const about = (event: SessionEvent) => ('question' in event ? event.question.id : 'id' in event ? event.id : null)

describe.each(questionStateSchema.options)('a question that is %s', (from) => {
  test.each(QUESTION_ACTIONS.flatMap((action) => ROLES.map((who) => ({ action, who }))))('$action by $who', async ({ action, who }) => {
    const { sessionId, question, root } = await scene('live', from)
    const act = () => core.questions.act(people[who], actOn(question, action, root.id))
    const step = questionStep(from, action, isPublic(from))
    if (!(await allowed(who, `question.${action}`, sessionId))) {
      expect(await refusal(sessionId, act)).toEqual({ code: 'forbidden' })
      return
    }
    if (!step) {
      // A guest sees what everybody sees.
      const current = who === 'guest' && !isPublic(from) ? null : { id: question.id, state: from, version: 1 }
      expect(await refusal(sessionId, act)).toMatchObject({ code: 'wrong_state', current })
      return
    }
    const before = await stores.whole(sessionId)
    expect(await act()).toBe(2)
    const after = await stores.whole(sessionId)
    expect(after.questions[0]).toMatchObject({ state: step.to, version: 2 })
    expect(after.ledger.slice(before.ledger.length)).toMatchObject([{ subject: 'question', number: 1, action, from, to: step.to, role: who === 'asker' ? 'participant' : who }])
    const told = after.events.filter(({ seq, event }) => seq === 2 && about(event) === question.id).map(({ audience, event }) => `${audience} ${event.type}`)
    const openly = isPublic(step.to) ? ['public question'] : isPublic(from) ? ['public question_hidden'] : []
    expect(told).toEqual([...openly, 'desk desk_question', `person:${people.asker} own_question`])
  })
})

describe('a question', () => {
  test.each(QUESTION_ACTIONS)('%s on what somebody else changed meanwhile is stale, and shows what is now true', async (action) => {
    const from = questionStateSchema.options.find((state) => questionStep(state, action))!
    const { sessionId, question, root } = await scene('live', from)
    const who = byAsker(action) ? 'asker' : 'host'
    for (const version of [0, 2]) {
      const act = { ...actOn(question, action, root.id), expectedVersion: version }
      expect(await refusal(sessionId, () => core.questions.act(people[who], act))).toMatchObject({ code: 'stale', current: { id: question.id, version: 1 } })
    }
  })

  test('that is unknown, or another session’s, is not found', async () => {
    const { sessionId } = await scene('live', 'pending')
    const { question } = await scene('live', 'pending')
    for (const questionId of [randomUUID(), question.id]) {
      const act: QuestionAct = { sessionId, questionId, expectedVersion: 1, action: 'approve' }
      expect(await refusal(sessionId, () => core.questions.act(people.host, act))).toEqual({ code: 'not_found' })
    }
  })

  test.each(phaseSchema.options)('goes on air only on air: %s', async (phase) => {
    const { sessionId, question } = await scene(phase, 'approved')
    const act = () => core.questions.act(people.host, actOn(question, 'air'))
    if (phase === 'live' || phase === 'paused') expect(await act()).toBe(2)
    else expect(await refusal(sessionId, act)).toMatchObject({ code: 'wrong_state', current: { id: sessionId, phase } })
  })

  test('that goes on air answers the one that the host saw there, and is refused when it is another', async () => {
    const { sessionId, question: asking } = await scene('live', 'asking')
    const next = await stores.commit(sessionId, (tx) => stores.addQuestion(tx, { state: 'approved' }))
    const air = (replacing: string | null) => core.questions.act(people.host, { ...actOn(next, 'air'), action: 'air', replacing, seconds: 0 })
    for (const replacing of [null, next.id, randomUUID()]) {
      expect(await refusal(sessionId, () => air(replacing))).toMatchObject({ code: 'stale', current: { id: asking.id } })
    }
    await air(asking.id)
    const { questions, ledger } = await stores.whole(sessionId)
    expect(questions).toMatchObject([{ id: asking.id, state: 'answered', version: 2 }, {}, { id: next.id, state: 'asking', version: 2 }])
    expect(ledger.slice(-2)).toMatchObject([
      { number: 1, action: 'answer', from: 'asking', to: 'answered' },
      { number: 3, action: 'air', from: 'approved', to: 'asking' },
    ])
  })

  test('of two that go on air at once, one does', async () => {
    const { sessionId, question } = await scene('live', 'approved')
    const rival = await stores.commit(sessionId, (tx) => stores.addQuestion(tx, { state: 'approved' }))
    const outcomes = await Promise.allSettled([question, rival].map((one) => core.questions.act(people.host, actOn(one, 'air'))))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect((await stores.whole(sessionId)).questions.filter(({ state }) => state === 'asking')).toHaveLength(1)
  })

  test('that is withdrawn leaves no text behind, but its entry in the ledger', async () => {
    const { sessionId, question } = await scene('live', 'pending')
    await core.questions.act(people.asker, actOn(question, 'withdraw'))
    const { questions, ledger } = await stores.whole(sessionId)
    expect(questions[0]).toMatchObject({ text: '', originalText: '', state: 'withdrawn' })
    expect(ledger.at(-1)).toMatchObject({ action: 'withdraw', textDigest: null })
  })
})

describe.each(phaseSchema.options)('a session that is %s', (from) => {
  test.each(PHASE_ACTIONS.flatMap((action) => ROLES.map((who) => ({ action, who }))))('$action by $who', async ({ action, who }) => {
    const { sessionId } = await scene(from, 'pending')
    const act = () => core.sessions.phase(people[who], { sessionId, action, expectedVersion: 1 })
    const step = phaseStep(from, action)
    if (who !== 'host') expect(await refusal(sessionId, act)).toEqual({ code: 'forbidden' })
    else if (!step) expect(await refusal(sessionId, act)).toMatchObject({ code: 'wrong_state', current: { phase: from, version: 1 } })
    else {
      const before = await stores.whole(sessionId)
      expect(await act()).toMatchObject({ phase: step.to, version: 2 })
      const after = await stores.whole(sessionId)
      expect(after.ledger.slice(before.ledger.length)).toMatchObject([{ subject: 'session', number: null, action, from, to: step.to, role: 'host' }])
      expect(after.events.filter(({ seq }) => seq === 2)).toMatchObject([{ audience: 'public', event: { type: 'session', session: { phase: step.to } } }])
    }
  })
})

describe('a session', () => {
  test('that somebody else moved meanwhile is stale', async () => {
    const { sessionId } = await scene('live', 'pending')
    const act = () => core.sessions.phase(people.host, { sessionId, action: 'pause', expectedVersion: 0 })
    expect(await refusal(sessionId, act)).toMatchObject({ code: 'stale', current: { phase: 'live', version: 1 } })
  })

  test('that ends answers the question on air, clears the stage and takes nothing more', async () => {
    const { sessionId, question } = await scene('live', 'asking')
    const seat = (await core.sessions.get(sessionId)).guests[0]!.id
    await core.sessions.admit(people.host, { sessionId, seatId: seat, onAir: true })
    await core.sessions.phase(people.host, { sessionId, action: 'end', expectedVersion: 1 })
    const { session, questions, ledger } = await stores.whole(sessionId)
    expect(session).toMatchObject({ phase: 'ended', onAir: [] })
    expect(questions[0]).toMatchObject({ id: question.id, state: 'answered' })
    expect(ledger.slice(-2)).toMatchObject([{ action: 'answer' }, { action: 'end' }])
    expect(session?.seal).toEqual({ at: session?.endedAt, entries: ledger.length, head: ledger.at(-1)!.hash })
    const late = questionInput(sessionId, '还来得及吗')
    expect(await refusal(sessionId, () => core.questions.submit(people.participant, 'late', late))).toMatchObject({ code: 'closed' })
    expect(await refusal(sessionId, () => core.chat.send(people.participant, 'late', { sessionId, id: late.id, text: late.text, name: null }))).toMatchObject({ code: 'closed' })
    expect(await refusal(sessionId, () => core.votes.vote(people.participant, NOWHERE, { sessionId, questionId: question.id, up: true }))).toMatchObject({ code: 'wrong_state' })
  })
})
