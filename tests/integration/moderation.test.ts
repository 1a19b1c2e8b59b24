import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { onBothEngines } from '../support/engines.ts'
import { TOPICS, openDesk, refusalOf } from '../support/desk.ts'

onBothEngines((engine) => {
  describe('sensitive words', () => {
    test('hold a question for review even where nothing is reviewed first, and never decline', async () => {
      const { ask, act, view, core, host, sessionId } = await openDesk(engine, 'live', { reviewFirst: false })
      expect(await ask('普通问题')).toMatchObject({ state: 'approved' })
      const held = await ask('想办证就加 微、信')
      expect(held).toMatchObject({ state: 'pending', publicAt: null })
      expect((await view('desk')).desk).toMatchObject([{ held: [] }, { id: held.id, held: ['sensitive_word'] }])
      expect(held).not.toHaveProperty('held')
      await core.moderation.setWords(host, { sessionId, scope: 'session', words: ['某家', '某 家', '！'] })
      expect(await ask('某家的违建', { name: '老陈' })).toMatchObject({ state: 'pending' })
      expect(await ask('谁家', { name: '某-家' })).toMatchObject({ state: 'pending' })
      expect(await act(held.id, { action: 'approve' })).toMatchObject({ state: 'approved', held: [] })
    })

    test('are looked for again when the asker revises', async () => {
      const { ask, act } = await openDesk(engine)
      const asker = randomUUID()
      const { id } = await ask('加微信', {}, asker)
      const revise = (text: string) => act(id, { action: 'revise', text, topicId: null, pictureId: null }, asker)
      expect(await revise('问路')).toMatchObject({ state: 'pending', held: [] })
      expect(await revise('扫码领红包')).toMatchObject({ state: 'pending', held: ['sensitive_word'] })
    })

    test('are listed and replaced: a session’s by its moderators, the installation’s by who holds it', async () => {
      const { core, host, moderator, sessionId, ask, ledger } = await openDesk(engine, 'live', { reviewFirst: false })
      const before = await core.moderation.words(moderator, sessionId)
      expect(before).toMatchObject({ session: [], mayEditPlatform: false })
      expect(before.platform).toContain('加微信')
      expect((await core.moderation.setWords(moderator, { sessionId, scope: 'session', words: ['甲', '甲 ', '乙'] })).session).toEqual(['甲', '乙'])
      expect(await refusalOf(core.moderation.setWords(moderator, { sessionId, scope: 'platform', words: [] }))).toEqual({ code: 'forbidden' })
      expect(await refusalOf(core.moderation.words(randomUUID(), sessionId))).toEqual({ code: 'forbidden' })
      expect(await core.moderation.setWords(host, { sessionId, scope: 'platform', words: ['丙'] })).toEqual({ session: ['甲', '乙'], platform: ['丙'], mayEditPlatform: true })
      expect(await ask('加微信')).toMatchObject({ state: 'approved' })
      for (const text of ['甲方', '丙方']) expect(await ask(text)).toMatchObject({ state: 'pending' })
      const entries = await ledger()
      expect(entries.filter(({ action }) => action === 'words')).toHaveLength(1)
      expect(JSON.stringify(entries)).not.toContain('甲')
    })
  })

  describe('a person', () => {
    test('who is muted has what they send from now on reviewed; lifting ends it', async () => {
      const { ask, core, sessionId, moderator, stored, say, view, ledger } = await openDesk(engine, 'live', { reviewFirst: false })
      const who = randomUUID()
      const first = await ask('一', {}, who)
      const author = (await stored(first.id)).asker
      const sanction = (kind: 'mute' | 'ban' | null, reason = '刷屏，电话13800138000') => core.moderation.sanction(moderator, { sessionId, author, kind, reason })
      await sanction('mute')
      await sanction('mute', '又一次')
      expect((await view('desk')).moderation?.sanctions).toMatchObject([{ author, kind: 'mute', by: 'moderator', reason: '刷屏，电话13800138000' }])
      const second = await ask('二', {}, who)
      expect(await stored(second.id)).toMatchObject({ state: 'pending', held: ['muted'] })
      expect((await say('三', who)).held).toBe(true)
      expect((await stored(first.id)).state).toBe('approved')
      await sanction(null)
      expect(await ask('四', {}, who)).toMatchObject({ state: 'approved' })
      expect((await view('desk')).moderation?.sanctions).toEqual([])
      expect((await stored(second.id)).state).toBe('pending')
      const entries = (await ledger()).filter(({ action }) => action === 'mute' || action === 'lift')
      expect(entries).toMatchObject([
        { subject: 'session', number: null, action: 'mute', role: 'moderator', reason: '刷屏，电话138****8000' },
        { action: 'lift' },
      ])
      // The public ledger does not say who was muted.
      expect(JSON.stringify(entries)).not.toContain(author)
    })

    test('who is banned has what is public of theirs taken back for review, but what is on air or answered', async () => {
      const { ask, act, core, sessionId, host, stored, view, ledger } = await openDesk(engine)
      const who = randomUUID()
      const [asking, answered, open, waiting, merged] = [await ask('一', {}, who), await ask('二', {}, who), await ask('三', {}, who), await ask('四', {}, who), await ask('别人的')]
      for (const { id } of [asking, answered, open, merged]) await act(id, { action: 'approve' })
      await act(merged.id, { action: 'merge', intoId: open.id })
      await act(answered.id, { action: 'reply', text: '答', guestId: null })
      await act(asking.id, { action: 'air', replacing: null, seconds: 0 })
      const before = await ledger()
      await core.moderation.sanction(host, { sessionId, author: (await stored(open.id)).asker, kind: 'ban', reason: '' })
      expect(await Promise.all([asking, answered, open, waiting, merged].map(async ({ id }) => (await stored(id)).state))).toEqual(['asking', 'answered', 'pending', 'pending', 'merged'])
      expect(await stored(open.id)).toMatchObject({ held: ['banned'], publicAt: null, merged: 1, votes: 1 })
      expect((await ledger()).slice(before.length)).toMatchObject([{ action: 'ban', subject: 'session' }, { action: 'take_back', number: open.number, from: 'approved', to: 'pending' }])
      expect((await view()).questions.map(({ id }) => id)).toEqual([asking.id, answered.id])
      expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
    })

    test('who wrote nothing here is nobody', async () => {
      const { core, sessionId, host, moderator } = await openDesk(engine)
      expect(await refusalOf(core.moderation.sanction(host, { sessionId, author: 'abcdefghijkl', kind: 'mute', reason: '' }))).toEqual({ code: 'not_found' })
      expect(await refusalOf(core.moderation.sanction(randomUUID(), { sessionId, author: 'abcdefghijkl', kind: 'mute', reason: '' }))).toEqual({ code: 'forbidden' })
      await core.moderation.sanction(moderator, { sessionId, author: 'abcdefghijkl', kind: null, reason: '' })
    })
  })

  describe('the intake', () => {
    test('is paused and slowed in public; the desk’s own questions go on', async () => {
      const { ask, core, sessionId, host, moderator, view, wait } = await openDesk(engine)
      const set = (paused: boolean, slowSeconds: number, reason: string) => core.sessions.intake(moderator, { sessionId, paused, slowSeconds, reason })
      await set(true, 0, '先处理积压')
      expect((await view()).session.intake).toMatchObject({ paused: true, notice: { by: 'moderator', reason: '先处理积压' }, chat: null })
      expect(await refusalOf(ask('问'))).toMatchObject({ code: 'intake_paused', current: { id: sessionId, intake: { paused: true } } })
      const offline = { sessionId, id: randomUUID(), text: '电话里问', name: null, topicId: null, channel: 'phone' as const }
      await core.questions.intake(moderator, offline)
      await set(false, 60, '')
      const who = randomUUID()
      const asked = { sessionId, id: randomUUID(), text: '一', name: null, topicId: null, pictureId: null, follows: null }
      const first = await core.questions.submit(who, 'a', asked)
      const slow = await refusalOf(ask('二', {}, who))
      expect(slow.code).toBe('slow_mode')
      expect(slow.retryAfterMs).toBeGreaterThan(59_000)
      expect(slow.retryAfterMs).toBeLessThanOrEqual(60_000)
      // A retry of what was taken is no second question.
      expect(await core.questions.submit(who, 'a', asked)).toEqual(first)
      for (const text of ['三', '四']) await ask(text, {}, host)
      wait(60_000)
      await ask('二', {}, who)
      expect(await refusalOf(core.sessions.intake(randomUUID(), { sessionId, paused: true, slowSeconds: 0, reason: '' }))).toEqual({ code: 'forbidden' })
    })

    test('of chat settings tells who and why', async () => {
      const { core, sessionId, host, view } = await openDesk(engine)
      await core.sessions.chatSettings(host, { sessionId, chatEnabled: true, chatSlowSeconds: 30, reason: '太快了' })
      expect((await view()).session).toMatchObject({ settings: { chatSlowSeconds: 30 }, intake: { chat: { by: 'host', reason: '太快了' }, notice: null } })
    })

    test('takes late questions for as long as the host set, and marks when each came', async () => {
      const { ask, advance, wait, stored, vote, act } = await openDesk(engine, 'announced', { lateMinutes: 10 })
      const early = await ask('会前')
      await advance('open_backstage')
      await advance('start')
      const live = await ask('会中')
      await act(live.id, { action: 'approve' })
      await advance('end')
      wait(9 * 60_000)
      const late = await ask('会后')
      expect(await vote(live.id)).toBe(1)
      expect(await Promise.all([early, live, late].map(async ({ id }) => (await stored(id)).asked))).toEqual(['before', 'during', 'after'])
      wait(60_000)
      expect(await refusalOf(ask('太晚'))).toMatchObject({ code: 'closed' })
      expect(await refusalOf(vote(live.id))).toMatchObject({ code: 'closed' })
    })
  })

  describe('a question from outside the page', () => {
    test('is entered by staff, marked so, counted alike, with a receipt to hand on', async () => {
      const { core, sessionId, moderator, act, view, ledger, vote } = await openDesk(engine)
      const input = { sessionId, id: randomUUID(), text: '来电：路灯坏了，13800138000', name: '王女士', topicId: TOPICS[1]!.id, channel: 'phone' as const }
      const made = await core.questions.intake(moderator, input)
      expect(made.question).toMatchObject({ number: 1, state: 'pending', channel: 'phone', name: '王女士', enteredBy: 'moderator', text: '来电：路灯坏了，138****8000' })
      expect(await core.questions.intake(moderator, input)).toEqual(made)
      expect((await core.questions.fate(made.receipt)).question.channel).toBe('phone')
      expect((await ledger()).at(-1)).toMatchObject({ action: 'submit', role: 'moderator', detail: { channel: 'phone' } })
      await act(input.id, { action: 'approve' })
      expect(await vote(input.id)).toBe(1)
      const [shown] = (await view()).questions
      expect(shown).toMatchObject({ channel: 'phone' })
      expect(shown).not.toHaveProperty('enteredBy')
      expect(await refusalOf(core.questions.intake(randomUUID(), { ...input, id: randomUUID() }))).toEqual({ code: 'forbidden' })
      expect(await refusalOf(core.questions.intake(moderator, { ...input, id: randomUUID(), topicId: randomUUID() }))).toEqual({ code: 'not_found' })
    })

    test('each counts as another person when they are merged', async () => {
      const { core, sessionId, host, act, stored, ask } = await openDesk(engine)
      const { id } = await ask('网上的')
      for (const text of ['电话一', '电话二']) {
        const { question } = await core.questions.intake(host, { sessionId, id: randomUUID(), text, name: null, topicId: null, channel: 'phone' })
        await act(question.id, { action: 'merge', intoId: id })
      }
      expect(await stored(id)).toMatchObject({ votes: 2, merged: 2 })
    })

    test('is taken after the end, not into the archive', async () => {
      const { core, sessionId, host, advance } = await openDesk(engine, 'ended')
      const enter = () => core.questions.intake(host, { sessionId, id: randomUUID(), text: '意见箱', name: null, topicId: null, channel: 'paper' })
      expect((await enter()).question).toMatchObject({ asked: 'after' })
      await advance('archive')
      expect(await refusalOf(enter())).toMatchObject({ code: 'closed' })
    })
  })

  describe('between moderators', () => {
    test('notes stay, in order, and a retry leaves one', async () => {
      const { ask, core, sessionId, host, moderator, view } = await openDesk(engine)
      const asker = randomUUID()
      const { id: questionId } = await ask('问', {}, asker)
      const note = { sessionId, questionId, id: randomUUID(), text: '先核实' }
      await core.moderation.note(moderator, note)
      await core.moderation.note(moderator, note)
      await core.moderation.note(host, { ...note, id: randomUUID(), text: '已核实' })
      expect((await view('desk')).desk?.[0]).toMatchObject({ version: 1, notes: [{ text: '先核实', by: 'moderator' }, { text: '已核实', by: 'host' }] })
      expect(JSON.stringify(await view('participant', asker))).not.toContain('核实')
      expect(await refusalOf(core.moderation.note(asker, note))).toEqual({ code: 'forbidden' })
      expect(await refusalOf(core.moderation.note(host, { ...note, questionId: randomUUID() }))).toEqual({ code: 'not_found' })
    })

    test('details name the receipt, objections and what was merged, and nobody’s person', async () => {
      const { ask, act, core, sessionId, moderator } = await openDesk(engine)
      const [asker, other] = [randomUUID(), randomUUID()]
      const { id: questionId, receipt } = await ask('问', {}, asker)
      const merged = await ask('也问', { name: '老陈' }, other)
      await act(merged.id, { action: 'merge', intoId: questionId })
      await act(questionId, { action: 'approve' })
      await act(questionId, { action: 'reply', text: '答', guestId: null })
      await core.objections.object(other, { sessionId, questionId, reason: '没答' })
      const details = await core.moderation.details(moderator, { sessionId, questionId })
      expect(details).toMatchObject({ receipt, objections: [{ reason: '没答' }], merged: [{ id: merged.id, number: 2, text: '也问', name: '老陈' }] })
      for (const person of [asker, other]) expect(JSON.stringify(details)).not.toContain(person)
      expect(await refusalOf(core.moderation.details(asker, { sessionId, questionId }))).toEqual({ code: 'forbidden' })
    })
  })

  describe('many at once', () => {
    test('are moved in one commit, each at the version that was seen; what cannot be is named', async () => {
      const { ask, act, core, sessionId, moderator, stored, view } = await openDesk(engine)
      const asked = []
      for (const text of ['一', '二', '三', '四']) asked.push(await ask(text))
      const [fine, stale, wrong, other] = asked.map(({ id }) => id) as [string, string, string, string]
      await act(stale, { action: 'edit', text: '改' })
      await act(wrong, { action: 'approve' })
      const { session } = await view('desk')
      const missing = randomUUID()
      const target = (questionId: string, expectedVersion = 1) => ({ questionId, expectedVersion })
      const before = await core.sync.join(moderator, { sessionId, as: 'desk', since: null })
      const outcome = await core.questions.bulk(moderator, { sessionId, targets: [target(fine), target(stale), target(wrong, 2), target(missing), target(other)], act: { action: 'approve' } })
      expect(outcome).toEqual({
        done: [
          { id: fine, version: 2 },
          { id: other, version: 2 },
        ],
        refused: [
          { id: stale, code: 'stale' },
          { id: wrong, code: 'wrong_state' },
          { id: missing, code: 'not_found' },
        ],
      })
      expect((await core.sync.join(moderator, { sessionId, as: 'desk', since: null })).seq).toBe(before.seq + 1)
      expect(session.version).toBe((await view('desk')).session.version)
      expect((await stored(stale)).state).toBe('pending')
    })

    test('are merged into one that is told of once, and not into itself', async () => {
      const { ask, core, sessionId, host, stored } = await openDesk(engine)
      const asked = []
      for (const text of ['一', '二', '三']) asked.push(await ask(text))
      const [root, ...rest] = asked.map(({ id }) => id) as [string, string, string]
      const { seq } = await core.sync.join(host, { sessionId, as: 'desk', since: null })
      const outcome = await core.questions.bulk(host, { sessionId, targets: [root, ...rest].map((questionId) => ({ questionId, expectedVersion: 1 })), act: { action: 'merge', intoId: root } })
      expect(outcome.refused).toEqual([{ id: root, code: 'wrong_state' }])
      expect(await stored(root)).toMatchObject({ merged: 2, votes: 2, version: 1 })
      const told = (await core.stores.events.after(sessionId, seq, seq + 1, ['desk'])).flatMap(({ event }) => (event.type === 'desk_question' ? [event.question] : []))
      expect(told.filter(({ id }) => id === root)).toMatchObject([{ merged: 2, votes: 2 }])
      expect(told).toHaveLength(3)
    })

    test('label and assign what is there', async () => {
      const { ask, core, sessionId, host, stored, guests } = await openDesk(engine)
      const { id } = await ask('问')
      const bulk = (act: Parameters<typeof core.questions.bulk>[1]['act'], expectedVersion: number) => core.questions.bulk(host, { sessionId, targets: [{ questionId: id, expectedVersion }], act })
      await bulk({ action: 'label', topicId: TOPICS[0]!.id }, 1)
      await bulk({ action: 'assign', guestId: guests[1]!.id }, 2)
      expect((await bulk({ action: 'assign', guestId: randomUUID() }, 3)).refused).toEqual([{ id, code: 'not_found' }])
      expect(await stored(id)).toMatchObject({ topicId: TOPICS[0]!.id, guestId: guests[1]!.id, version: 3 })
      expect(await refusalOf(core.questions.bulk(randomUUID(), { sessionId, targets: [{ questionId: id, expectedVersion: 3 }], act: { action: 'approve' } }))).toEqual({ code: 'forbidden' })
    })
  })

  test('a session is sealed when it ends and again when it is archived, by its very last entry', async () => {
    const { ask, advance, core, sessionId, ledger } = await openDesk(engine, 'live', { lateMinutes: 5 })
    await ask('问')
    expect((await core.sessions.get(sessionId)).seal).toBeNull()
    await advance('end')
    const ended = await ledger()
    expect((await core.sessions.get(sessionId)).seal).toMatchObject({ entries: ended.length, head: ended.at(-1)?.hash })
    await ask('会后')
    expect((await core.sessions.get(sessionId)).seal).toMatchObject({ entries: ended.length })
    await advance('archive')
    const archived = await ledger()
    expect(archived).toHaveLength(ended.length + 2)
    expect((await core.sessions.get(sessionId)).seal).toMatchObject({ entries: archived.length, head: archived.at(-1)?.hash })
  })

  test('words that were withdrawn, corrected or hidden are not read again by whoever catches up', async () => {
    const { ask, act, say, core, host, sessionId, view, ledger } = await openDesk(engine, 'live', { reviewFirst: false })
    const asker = randomUUID()
    const [withdrawn, edited, hidden, kept] = [await ask('撤回的话', {}, asker), await ask('写错的话'), await ask('泄露的话'), await ask('留下的话')]
    const { message } = await say('删掉的话')
    await act(withdrawn.id, { action: 'withdraw' }, asker)
    await act(edited.id, { action: 'edit', text: '改正的话' })
    await act(hidden.id, { action: 'decline', code: 'privacy', reason: '' })
    await core.chat.delete(host, { sessionId, messageId: message.id })
    const log = JSON.stringify(await core.stores.events.after(sessionId, 0, 1e9, ['public', `person:${asker}`]))
    for (const text of ['撤回的话', '写错的话', '泄露的话', '删掉的话']) expect(log).not.toContain(text)
    for (const text of ['改正的话', '留下的话']) expect(log).toContain(text)
    expect((await view()).questions.map(({ id }) => id)).toEqual([edited.id, kept.id])
    expect((await ledger()).filter(({ action }) => action === 'submit')).toHaveLength(4)
  })
})
