import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { onBothEngines } from '../support/engines.ts'
import { TOPICS, openDesk, refusalOf } from '../support/desk.ts'

onBothEngines((engine) => {
  describe('an answer in writing', () => {
    test('is given by the guest, by the office, or for a guest, with who and post', async () => {
      const { ask, act, guests, host, seat } = await openDesk(engine)
      const [first, second] = [guests[0]!, guests[1]!]
      const speaker = await seat(first.id)
      const { id } = await ask('什么时候动工？')
      await act(id, { action: 'approve' })
      const replied = await act(id, { action: 'reply', text: '下月动工。', guestId: first.id }, speaker)
      expect(replied).toMatchObject({ state: 'answered', askedAt: null, answer: { text: '下月动工。', guestId: first.id, name: first.name, post: first.post } })
      expect(replied.answeredAt).toBe(replied.answer?.at)
      const corrected = await act(id, { action: 'reply', text: '12 月动工。', guestId: second.id }, host)
      expect(corrected).toMatchObject({ answeredAt: replied.answeredAt, answer: { text: '12 月动工。', guestId: second.id, name: second.name } })
      expect((await act(id, { action: 'reply', text: '以书面为准。', guestId: null }, host)).answer).toMatchObject({ guestId: null, name: '', post: '' })
    })

    test('is refused to a guest who speaks for another or for the office, and for nobody who is invited', async () => {
      const { ask, act, guests, host, seat, stored } = await openDesk(engine)
      const speaker = await seat(guests[0]!.id)
      const { id } = await ask('问')
      await act(id, { action: 'approve' })
      for (const guestId of [guests[1]!.id, null]) expect(await refusalOf(act(id, { action: 'reply', text: '答', guestId }, speaker))).toMatchObject({ code: 'forbidden' })
      expect(await refusalOf(act(id, { action: 'reply', text: '答', guestId: randomUUID() }, host))).toMatchObject({ code: 'not_found' })
      expect(await stored(id)).toMatchObject({ state: 'approved', version: 2, answer: null })
    })

    test('may come on top of the one on camera, and goes when the answer is taken back', async () => {
      const { ask, act } = await openDesk(engine)
      const { id } = await ask('问')
      await act(id, { action: 'approve' })
      await act(id, { action: 'air', replacing: null, seconds: 90 })
      expect(await act(id, { action: 'time', seconds: 120 })).toMatchObject({ timeLimit: 120 })
      expect(await act(id, { action: 'reply', text: '数字在附件里', guestId: null })).toMatchObject({ state: 'asking', answeredAt: null })
      const answered = await act(id, { action: 'answer' })
      expect(answered).toMatchObject({ state: 'answered', answer: { text: '数字在附件里' } })
      expect(answered.askedAt).not.toBeNull()
      expect(await act(id, { action: 'take_back' })).toMatchObject({ state: 'approved', answer: null, askedAt: null, answeredAt: null, timeLimit: null })
    })
  })

  describe('the asker', () => {
    test('revises until it is reviewed; topics and pictures must be there', async () => {
      const { ask, act, stored } = await openDesk(engine)
      const asker = randomUUID()
      const { id } = await ask('问', { topicId: TOPICS[0]!.id }, asker)
      const words = { action: 'revise', text: '问得更清楚，13800138000', topicId: TOPICS[1]!.id, pictureId: null } as const
      expect(await act(id, words, asker)).toMatchObject({ text: '问得更清楚，138****8000', originalText: '问得更清楚，13800138000', topicId: TOPICS[1]!.id, version: 2 })
      expect(await refusalOf(act(id, { ...words, topicId: randomUUID() }, asker))).toMatchObject({ code: 'not_found' })
      expect(await refusalOf(act(id, { ...words, pictureId: randomUUID() }, asker))).toMatchObject({ code: 'not_found' })
      expect(await refusalOf(act(id, words, randomUUID()))).toEqual({ code: 'forbidden' })
      await act(id, { action: 'approve' })
      expect(await refusalOf(act(id, words, asker))).toMatchObject({ code: 'wrong_state', current: { id, state: 'approved' } })
      expect(await stored(id)).toMatchObject({ version: 3 })
    })

    test('keeps a topic that the host removed meanwhile, and may choose none that is not there', async () => {
      const { ask, act, core, host, sessionId } = await openDesk(engine)
      const asker = randomUUID()
      const { id } = await ask('问', { topicId: TOPICS[0]!.id }, asker)
      const { phase: _phase, wentLiveAt: _live, endedAt: _ended, createdAt: _created, intake: _intake, seal: _seal, id: _id, version, ...edit } = await core.sessions.get(sessionId)
      await core.sessions.edit(host, sessionId, { ...edit, settings: { ...edit.settings, topics: [] }, expectedVersion: version })
      expect(await act(id, { action: 'revise', text: '再问', topicId: TOPICS[0]!.id, pictureId: null }, asker)).toMatchObject({ text: '再问' })
      expect(await refusalOf(ask('新', { topicId: TOPICS[0]!.id }))).toEqual({ code: 'not_found' })
    })

    test('follows up their own question once it is on air or answered, or the one that stands for theirs', async () => {
      const { ask, act } = await openDesk(engine)
      const asker = randomUUID()
      const own = await ask('问', {}, asker)
      const stands = await ask('别人问的')
      const follow = (follows: string, who = asker) => ask('追问', { follows }, who)
      expect(await refusalOf(follow(own.id))).toEqual({ code: 'wrong_state' })
      for (const [follows, who] of [[own.id, randomUUID()], [stands.id, randomUUID()], [randomUUID(), randomUUID()]] as const) expect(await refusalOf(follow(follows, who))).toEqual({ code: 'not_found' })
      for (const { id } of [own, stands]) await act(id, { action: 'approve' })
      await act(own.id, { action: 'merge', intoId: stands.id })
      expect(await refusalOf(follow(own.id))).toEqual({ code: 'wrong_state' })
      await act(stands.id, { action: 'air', replacing: null, seconds: 0 })
      expect(await follow(own.id)).toMatchObject({ follows: stands.number, state: 'pending' })
      await act(stands.id, { action: 'answer' })
      expect(await follow(own.id)).toMatchObject({ follows: 2 })
      expect(await refusalOf(follow(stands.id, randomUUID()))).toEqual({ code: 'not_found' })
    })
  })

  describe('"this didn’t answer mine"', () => {
    test('is said by asker, merged asker and voters, once each, and nobody else', async () => {
      const { ask, act, core, sessionId, stored, vote, view, ledger } = await openDesk(engine)
      const [asker, mergedAsker, voter, stranger] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
      const { id } = await ask('问', {}, asker)
      const merged = await ask('一样的问题', {}, mergedAsker)
      for (const each of [id, merged.id]) await act(each, { action: 'approve' })
      await vote(id, voter)
      await act(merged.id, { action: 'merge', intoId: id })
      const object = (who: string, reason: string | null) => core.objections.object(who, { sessionId, questionId: id, reason })
      expect(await refusalOf(object(asker, '早了'))).toMatchObject({ code: 'wrong_state' })
      await act(id, { action: 'reply', text: '答', guestId: null })
      for (const who of [asker, mergedAsker, voter, asker]) await object(who, '没说时间，请打13800138000')
      expect(await refusalOf(object(stranger, '我也'))).toEqual({ code: 'forbidden' })
      expect(await stored(id)).toMatchObject({ objections: 3, version: 3 })
      expect((await view()).questions).toMatchObject([{ id, objections: 3 }])
      expect((await view('participant', voter)).objections).toEqual({ [id]: '没说时间，请打138****8000' })
      await object(voter, null)
      await object(voter, null)
      expect((await view('participant', voter)).objections).toEqual({})
      expect(await stored(id)).toMatchObject({ objections: 2 })
      const entries = (await ledger()).filter(({ action }) => action === 'object')
      expect(entries).toHaveLength(3)
      expect(JSON.stringify(entries)).not.toContain('没说时间')
    })
  })

  describe('a receipt', () => {
    test('shows each step with its reason, and one’s own words where the public sees none', async () => {
      const { ask, act, core } = await openDesk(engine)
      const { id, receipt } = await ask('某人贪了 13800138000', { topicId: TOPICS[0]!.id })
      await act(id, { action: 'decline', code: 'defamation', reason: '涉及个人' })
      const fate = await core.questions.fate(receipt)
      expect(fate).toMatchObject({ topic: '住房', root: null, question: { text: '某人贪了 138****8000', originalText: '某人贪了 138****8000', reasonCode: 'defamation', reason: '涉及个人' } })
      expect(fate.steps).toMatchObject([
        { action: 'submit', from: null, to: 'pending', code: null },
        { action: 'decline', from: 'pending', to: 'declined', role: 'host', reason: '涉及个人', code: 'defamation' },
      ])
      expect(fate.question).not.toHaveProperty('receipt')
    })

    test('of a merged question tells what became of the one that stands for it, through every merge', async () => {
      const { ask, act, core } = await openDesk(engine)
      const [first, second, third] = [await ask('一'), await ask('二'), await ask('三')]
      for (const { id } of [first, second, third]) await act(id, { action: 'approve' })
      await act(first.id, { action: 'merge', intoId: second.id })
      await act(second.id, { action: 'merge', intoId: third.id })
      await act(third.id, { action: 'reply', text: '答', guestId: null })
      const fate = await core.questions.fate(first.receipt)
      expect(fate.question).toMatchObject({ state: 'merged', mergedInto: { id: third.id, number: 3 } })
      expect(fate.steps.map(({ action, into }) => [action, into])).toEqual([
        ['submit', null],
        ['approve', null],
        ['merge', 2],
        ['merge', 3],
      ])
      expect(fate.root).toMatchObject({ number: 3, state: 'answered', question: { id: third.id, answer: { text: '答' } }, steps: [{ action: 'submit' }, { action: 'approve' }, { action: 'reply' }] })
      await act(second.id, { action: 'split' })
      expect((await core.questions.fate(first.receipt)).root).toMatchObject({ number: 2, state: 'approved' })
    })

    test('tells of a root that is not public only its number and its reason', async () => {
      const { ask, act, core } = await openDesk(engine)
      const [merged, root] = [await ask('一'), await ask('二，涉及某人')]
      await act(merged.id, { action: 'merge', intoId: root.id })
      await act(root.id, { action: 'decline', code: 'privacy', reason: '' })
      const fate = await core.questions.fate(merged.receipt)
      expect(fate.root).toMatchObject({ question: null, number: 2, state: 'declined', reasonCode: 'privacy' })
      expect(JSON.stringify(fate)).not.toContain('涉及某人')
    })
  })
})
