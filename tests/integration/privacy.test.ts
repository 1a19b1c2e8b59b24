import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { onBothEngines } from '../support/engines.ts'
import { openDesk, refusalOf } from '../support/desk.ts'

onBothEngines((engine) => {
  describe('the public record', () => {
    test('does not tell which question and which chat message, or which two questions, one person wrote', async () => {
      const desk = await openDesk(engine)
      const resident = randomUUID()
      await desk.ask('我叫王芳，路灯坏了', { name: '王芳' }, resident)
      await desk.ask('匿名举报', {}, resident)
      await desk.say('大家好', resident, '王芳')
      const { chat } = await desk.view()
      const submitted = (await desk.ledger()).filter(({ action }) => action === 'submit').map(({ actor }) => actor)
      expect(new Set([...submitted, chat[0]!.author]).size).toBe(3)
      // Staff answer for what they do: theirs stays the same.
      expect(new Set((await desk.ledger()).filter(({ role }) => role === 'host').map(({ actor }) => actor)).size).toBe(1)
    })

    test('shows no more of what was merged than of the question that stands for it', async () => {
      const desk = await openDesk(engine)
      const root = await desk.ask('镇上的李某某偷税')
      const child = await desk.ask('李某某家的事怎么不管')
      await desk.act(child.id, { action: 'merge', intoId: root.id })
      const shown = async () => (await desk.core.outcomes.page(desk.sessionId, { after: 0 })).questions.map(({ number, text, hidden }) => ({ number, text, hidden }))
      expect(await shown()).toEqual([
        { number: 1, text: null, hidden: 'not_reviewed' },
        { number: 2, text: null, hidden: 'not_reviewed' },
      ])
      await desk.act(root.id, { action: 'approve' })
      expect((await shown()).map(({ text }) => text)).toEqual(['镇上的李某某偷税', '李某某家的事怎么不管'])
      await desk.act(root.id, { action: 'decline', code: 'privacy', reason: '' })
      expect(await shown()).toEqual([
        { number: 1, text: null, hidden: 'privacy' },
        { number: 2, text: null, hidden: 'privacy' },
      ])
    })

    test('takes what was merged out of the log with the question that stands for it', async () => {
      const desk = await openDesk(engine, 'live', { reviewFirst: false })
      const asker = randomUUID()
      const before = await desk.core.sync.join(randomUUID(), { sessionId: desk.sessionId, as: 'participant', since: null })
      const root = await desk.ask('镇上的李某某偷税')
      const child = await desk.ask('李某某家的事怎么不管', {}, asker)
      await desk.act(child.id, { action: 'merge', intoId: root.id })
      await desk.act(root.id, { action: 'decline', code: 'privacy', reason: '' })
      const missed = await desk.core.sync.join(randomUUID(), { sessionId: desk.sessionId, as: 'participant', since: before })
      expect(JSON.stringify(missed.events)).not.toContain('李某某')
      const own = await desk.core.sync.join(asker, { sessionId: desk.sessionId, as: 'participant', since: before })
      expect(own.events?.filter(({ type }) => type === 'own_question')).toMatchObject([{ question: { id: child.id, state: 'merged' } }])
    })
  })

  test('votes of a question that nobody may see are counted for nobody', async () => {
    const desk = await openDesk(engine, 'live', { reviewFirst: false })
    const child = await desk.ask('停车难')
    for (let i = 0; i < 10; i++) await desk.core.votes.vote(randomUUID(), { address: '203.0.113.7', userAgent: 'script' }, { sessionId: desk.sessionId, questionId: child.id, up: true })
    const { moderation } = await desk.view('desk')
    const root = await desk.ask('停车位太少')
    await desk.act(child.id, { action: 'merge', intoId: root.id })
    await desk.act(root.id, { action: 'take_back' })
    const { seq, epoch } = await desk.core.sync.join(desk.host, { sessionId: desk.sessionId, as: 'desk', since: null })
    await desk.core.judges.judge(desk.host, { sessionId: desk.sessionId, flagId: moderation!.flags[0]!.id, verdict: 'set_aside', note: '刷票' })
    const toPublic = await desk.core.sync.join(randomUUID(), { sessionId: desk.sessionId, as: 'participant', since: { epoch, seq } })
    expect(toPublic.events).toEqual([])
    const toDesk = await desk.core.sync.join(desk.host, { sessionId: desk.sessionId, as: 'desk', since: { epoch, seq } })
    expect(toDesk.events?.findLast((event) => event.type === 'desk_question' && event.question.id === root.id)).toMatchObject({ question: { votes: 1 } })
  })

  test('a known id does not open a way around the limits', async () => {
    const desk = await openDesk(engine, 'live', { reviewFirst: false })
    const { id } = await desk.ask('停车难')
    const other = randomUUID()
    const codes: string[] = []
    for (let i = 0; i < 8; i++) codes.push((await refusalOf(desk.ask('抢先', { id }, other))).code)
    expect(codes.filter((code) => code === 'rate_limited').length).toBe(2)
  })

  test('a picture is what it says it is', async () => {
    const desk = await openDesk(engine)
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>')
    expect(await refusalOf(desk.core.pictures.addForQuestion(randomUUID(), randomUUID(), desk.sessionId, svg))).toMatchObject({ code: 'invalid_input' })
    const gif = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } }).gif().toBuffer()
    expect(await refusalOf(desk.core.pictures.addForQuestion(randomUUID(), randomUUID(), desk.sessionId, gif))).toMatchObject({ code: 'invalid_input' })
  })
})
