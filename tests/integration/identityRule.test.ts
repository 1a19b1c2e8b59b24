import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { IdentityRule } from '../../shared/identity.ts'
import { openDesk, refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import type { Engine } from '../support/engines.ts'
import { openResidents } from '../support/residents.ts'

const PHONE = '13800000000'

async function open(engine: Engine, identity: IdentityRule) {
  const desk = await openDesk(engine, 'live', { identity, reviewFirst: false })
  return { desk, ...openResidents(desk) }
}

async function openPoll({ core, host, sessionId }: Awaited<ReturnType<typeof openDesk>>): Promise<{ pollId: string; optionId: string }> {
  const [pollId, optionId] = [randomUUID(), randomUUID()]
  const options = [{ id: optionId, text: '同意' }, { id: randomUUID(), text: '不同意' }]
  const { version } = await core.polls.save(host, { sessionId, id: pollId, expectedVersion: null, kind: 'single', title: '是否加装电梯？', options, maxChoices: 1, showResults: 'live' })
  await core.polls.act(host, { sessionId, pollId, action: 'open', expectedVersion: version })
  return { pollId, optionId }
}

onBothEngines((engine) => {
  describe('a session that wants to know its residents', () => {
    it('counts a number once, though its owner is erased and comes again; what is decided already stays', async () => {
      const { desk, verify, residents } = await open(engine, 'phone')
      const { core, database, sessionId, host } = desk
      const [open_, answered] = [await desk.ask('什么时候装电梯？', {}, host), await desk.ask('什么时候修路？', {}, host)]
      const { pollId, optionId } = await openPoll(desk)
      const votes = async () => [await desk.stored(open_.id), await desk.stored(answered.id)].map((question) => question.votes)
      const before = await votes()
      const more = (by: number[]) => before.map((count, index) => count + (by[index] ?? 0))
      const takePart = async (personId: string) => {
        await desk.vote(open_.id, personId)
        await core.pollAnswers.answer(personId, { sessionId, pollId, choices: [optionId] })
      }
      const first = await verify(PHONE)
      await takePart(first)
      await desk.vote(answered.id, first)
      await desk.act(answered.id, { action: 'air', replacing: null, seconds: 0 })
      await desk.act(answered.id, { action: 'answer' })
      await residents.erasing.erase({ personId: first, signInId: null, kind: null })
      expect(await votes()).toEqual(more([0, 1]))
      expect(await database.read.selectFrom('polls').select('answers').where('id', '=', pollId).executeTakeFirst()).toMatchObject({ answers: 0 })

      const second = await verify(PHONE)
      expect(second).not.toBe(first)
      await takePart(second)
      expect(await votes()).toEqual(more([1, 1]))
      expect(await database.read.selectFrom('polls').select('answers').where('id', '=', pollId).executeTakeFirst()).toMatchObject({ answers: 1 })
      expect(await database.read.selectFrom('events').select('audience').where('audience', '=', `person:${first}`).execute()).toEqual([])
    })

    it('refuses the unknown everywhere, tells its rule, and takes them once they are known', async () => {
      const { desk, verify } = await open(engine, 'phone')
      const { core, sessionId, host } = desk
      const asked = await desk.ask('谁都可以问吗？', {}, host)
      const { pollId, optionId } = await openPoll(desk)
      const resident = randomUUID()
      const acts = (personId: string) => [
        () => desk.ask('我想问一问', {}, personId),
        () => desk.vote(asked.id, personId),
        () => desk.say('大家好', personId),
        () => core.pollAnswers.answer(personId, { sessionId, pollId, choices: [optionId] }),
      ]
      for (const act of acts(resident)) expect(await refusalOf(act())).toEqual({ code: 'identity_required', current: 'phone' })
      await verify(PHONE, resident)
      for (const act of acts(resident)) await act()
      const { questions, chat, polls } = await desk.view()
      expect(questions.find(({ id }) => id === asked.id)?.votes).toBe(1)
      expect(chat).toHaveLength(1)
      expect(polls[0]?.answers).toBe(1)
    })

    it('asks nobody who has a role there, and lets everybody take back what they gave', async () => {
      const { desk } = await open(engine, 'either')
      const { core, sessionId, host, moderator } = desk
      const guest = await desk.seat(desk.guests[0]!.id)
      for (const personId of [host, moderator, guest]) await desk.say('欢迎', personId)
      const resident = randomUUID()
      const asked = await desk.ask('第一问', {}, host)
      expect(await desk.vote(asked.id, resident, false)).toBe(0)
      expect(await refusalOf(desk.vote(asked.id, resident))).toMatchObject({ code: 'identity_required' })
      const { pollId } = await openPoll(desk)
      expect(await core.pollAnswers.answer(resident, { sessionId, pollId, choices: [] })).toBeNull()
    })

    it('refuses only the unknown of a crowd that votes at once', async () => {
      const { desk, verify } = await open(engine, 'phone')
      const asked = await desk.ask('人多也算得清吗？', {}, desk.host)
      const crowd = Array.from({ length: 20 }, () => randomUUID())
      for (const [index, personId] of crowd.entries()) if (index % 2 === 0) await verify(`138000000${String(index).padStart(2, '0')}`, personId)
      const outcomes = await Promise.allSettled(crowd.map((personId) => desk.vote(asked.id, personId)))
      expect(outcomes.map(({ status }) => status)).toEqual(crowd.map((_, index) => (index % 2 === 0 ? 'fulfilled' : 'rejected')))
      expect((await desk.stored(asked.id)).votes).toBe(10)
    })

    it('wants to know who objects, but not who takes it back', async () => {
      const { desk, verify } = await open(engine, 'phone')
      const { core, sessionId } = desk
      const resident = await verify(PHONE)
      const asked = await desk.ask('答非所问怎么办？', {}, resident)
      await desk.act(asked.id, { action: 'air', replacing: null, seconds: 0 })
      await desk.act(asked.id, { action: 'answer' })
      const object = (reason: string | null) => core.objections.object(resident, { sessionId, questionId: asked.id, reason })
      await object('没有回答我的问题')
      await desk.database.transact((tx) => tx.deleteFrom('verifications').execute())
      expect(await refusalOf(object('还是没有'))).toEqual({ code: 'identity_required', current: 'phone' })
      await object(null)
      expect((await desk.stored(asked.id)).objections).toBe(0)
    })

    it('takes a picture for a question only from whoever may ask', async () => {
      const { desk } = await open(engine, 'oidc')
      expect(await refusalOf(desk.core.pictures.addForQuestion(randomUUID(), '', desk.sessionId, new Uint8Array()))).toEqual({ code: 'identity_required', current: 'oidc' })
    })

    it('counts whoever shows the same number in two browsers once', async () => {
      const { desk, verify } = await open(engine, 'phone')
      const asked = await desk.ask('换一部手机再投？', {}, desk.host)
      const first = await verify(PHONE)
      const second = await verify(PHONE, randomUUID())
      expect(second).toBe(first)
      await desk.vote(asked.id, first)
      await desk.vote(asked.id, second)
      expect((await desk.stored(asked.id)).votes).toBe(1)
    })
  })

  describe('a published notice', () => {
    it('is to be agreed to before anything is said, and each new one again', async () => {
      const { desk, publish, residents } = await open(engine, 'anonymous')
      const { core, host } = desk
      const resident = randomUUID()
      await desk.ask('还没有隐私说明', {}, resident)
      const version = await publish()
      desk.wait(1_000)
      for (const act of [() => desk.ask('现在有了', {}, resident), () => desk.say('大家好', resident), () => desk.core.pictures.addForQuestion(resident, '', desk.sessionId, new Uint8Array())]) expect(await refusalOf(act())).toEqual({ code: 'consent_required', current: version })
      await desk.say('主持人不必同意', host)
      await core.consents.give(resident, { version, locale: 'zh-CN' })
      await desk.ask('同意之后', {}, resident)
      await desk.say('大家好', resident)
      expect(await residents.consents.of(resident)).toBe(version)
      const next = await publish('换了新的说法。')
      desk.wait(1_000)
      expect(await refusalOf(desk.say('再问一次', resident))).toEqual({ code: 'consent_required', current: next })
      expect(await desk.database.read.selectFrom('consents').select(['version', 'locale']).where('personId', '=', resident).execute()).toEqual([{ version, locale: 'zh-CN' }])
    })
  })
})
