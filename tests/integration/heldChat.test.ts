import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { applyJoined } from '../../web/sessions/reduce.ts'
import { openDesk, refusalOf } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { shown } from '../support/follow.ts'

/** What a page shows that was opened fresh, and one that was there since `since`, which must be the same. */
async function pages({ core, sessionId }: Desk, personId: string, as: 'participant' | 'desk', since: NonNullable<ReturnType<typeof applyJoined>>) {
  const fresh = applyJoined(null, await core.sync.join(personId, { sessionId, as, since: null }))!
  const missed = await core.sync.join(personId, { sessionId, as, since: { epoch: since.epoch, seq: since.seq } })
  expect(missed.snapshot).toBeNull()
  expect(shown(applyJoined(since, missed)!)).toEqual(shown(fresh))
  return fresh
}

onBothEngines((engine) => {
  test('chat with a sensitive word is seen by its author and the desk, until a moderator shows it to all', async () => {
    const desk = await openDesk(engine)
    const { core, say, sessionId, host, moderator } = desk
    const [author, other] = [randomUUID(), randomUUID()]
    const open = async (personId: string, as: 'participant' | 'desk') => ({ personId, as, since: applyJoined(null, await core.sync.join(personId, { sessionId, as, since: null }))! })
    const viewers = [await open(author, 'participant'), await open(other, 'participant'), await open(host, 'desk')] as const
    const chats = async () => Promise.all(viewers.map(async ({ personId, as, since }) => (await pages(desk, personId, as, since)).chat.map(({ text }) => text)))

    await say('第一句', other)
    const { message, held } = await say('加 微信 13800138000', author, '13800138000')
    expect(held).toBe(true)
    expect(message).toMatchObject({ text: '加 微信 138****8000', name: '138****8000' })
    await say('第二句', other)
    expect(await chats()).toEqual([['第一句', '加 微信 138****8000', '第二句'], ['第一句', '第二句'], ['第一句', '第二句']])
    expect((await desk.view('desk')).moderation?.heldChat).toEqual([{ ...message, held: 'sensitive_word' }])
    expect(await core.chat.send(author, 'a', { sessionId, id: message.id, text: 'x', name: null })).toEqual({ message, held: true })

    const release = (personId: string) => core.chat.release(personId, { sessionId, messageId: message.id })
    expect(await refusalOf(release(author))).toEqual({ code: 'forbidden' })
    await release(moderator)
    await release(moderator)
    expect(await chats()).toEqual(Array.from({ length: 3 }, () => ['第一句', '第二句', '加 微信 138****8000']))
    expect((await desk.view('desk')).moderation?.heldChat).toEqual([])
  })

  test('what is held and deleted is gone for its author, too, and the public never hears of it', async () => {
    const desk = await openDesk(engine)
    const { core, say, sessionId, host } = desk
    const author = randomUUID()
    const since = applyJoined(null, await core.sync.join(author, { sessionId, as: 'participant', since: null }))!
    const { message } = await say('博彩', author)
    await core.chat.delete(host, { sessionId, messageId: message.id })
    expect((await pages(desk, author, 'participant', since)).chat).toEqual([])
    expect(await core.stores.events.after(sessionId, since.seq, 1e9, ['public'])).toEqual([])
    expect((await desk.view('desk')).moderation?.heldChat).toEqual([])
    expect(await refusalOf(core.chat.release(host, { sessionId, messageId: message.id }))).toEqual({ code: 'not_found' })
    expect(await refusalOf(core.chat.release(host, { sessionId, messageId: randomUUID() }))).toEqual({ code: 'not_found' })
  })

  test('who is banned is told apart from what they wrote, and slow mode counts what is held', async () => {
    const { core, say, sessionId, host, view, stored, ask } = await openDesk(engine, 'live', { chatSlowSeconds: 30 })
    const who = randomUUID()
    const { id } = await ask('问', {}, who)
    await core.moderation.sanction(host, { sessionId, author: (await stored(id)).asker, kind: 'ban', reason: '' })
    await say('加微信', who)
    expect((await view('desk')).moderation?.heldChat).toMatchObject([{ held: 'banned', text: '加微信' }])
    expect(await refusalOf(say('又来', who))).toMatchObject({ code: 'slow_mode' })
  })
})
