import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { PlatformRole } from '../../shared/accounts.ts'
import { createAccountStore } from '../../server/accounts/store.ts'
import { openDesk } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'

const DEPARTMENT = randomUUID()

/** Somebody of the staff, signed in with their account: its id is the person's. */
async function account({ database, now, core }: Desk, over: { role?: PlatformRole; name?: string; departmentId?: string | null; spokesperson?: number; disabledAt?: string | null; totpSealed?: string | null } = {}): Promise<string> {
  const id = randomUUID()
  const at = now().toISOString()
  const { role = 'officer', name = '李敏' } = over
  await database.transact(async (tx) => {
    await tx
      .insertInto('accounts')
      .values({ id, username: id.slice(0, 8), name, post: '科长', departmentId: DEPARTMENT, spokesperson: 0, disabledAt: null, totpSealed: 'sealed', ...over, role, password: 'p', totpOffered: null, totpStep: 0, recoveryJson: '[]', failures: 0, failedAt: null, lockedUntil: null, createdAt: at, signedInAt: at, version: 1 })
      .execute()
    await tx.insertInto('departments').values({ id: DEPARTMENT, name: '住房和城乡建设局', code: 'ZJ', duty: '', leader: '', verified: 1, archived: 0, version: 1 }).onConflict((conflict) => conflict.doNothing()).execute()
    const grantId = randomUUID()
    const accounts = createAccountStore(tx)
    await accounts.insertGrant({ id: grantId, sessionId: null, role, guestId: null, name, accountId: id }, at)
    await accounts.hold(id, grantId, at)
  })
  core.forget(id)
  return id
}

onBothEngines((engine) => {
  test('who chats from a department does so under the name of their account, with its badge', async () => {
    const desk = await openDesk(engine)
    const officer = await account(desk)
    const spokesperson = await account(desk, { name: '周建国', spokesperson: 1 })
    await desk.say('我来说明', officer, '热心市民')
    await desk.say('补充一点', spokesperson)
    await desk.say('谢谢', randomUUID(), '李敏')
    await desk.say('没有名字')
    const { chat } = await desk.view()
    expect(chat.map(({ name, speaker }) => [name, speaker])).toEqual([
      ['李敏', { departmentId: DEPARTMENT, spokesperson: false }],
      ['周建国', { departmentId: DEPARTMENT, spokesperson: true }],
      ['李敏', null],
      [null, null],
    ])
  })

  test('nobody else speaks for one: staff of no department, an account that is shut, or whose role does not count for want of a second factor', async () => {
    const desk = await openDesk(engine)
    const people = [await account(desk, { role: 'staff', departmentId: null }), await account(desk, { disabledAt: desk.now().toISOString() }), await account(desk, { role: 'supervisor', totpSealed: null }), desk.host]
    for (const personId of people) await desk.say('我来说明', personId, '自称')
    expect((await desk.view()).chat.map(({ name, speaker }) => [name, speaker])).toEqual(people.map(() => ['自称', null]))
  })

  test('an archived department keeps its name where it spoke, and speaks no more', async () => {
    const desk = await openDesk(engine)
    const officer = await account(desk)
    await desk.say('我来说明', officer)
    await desk.database.transact((tx) => tx.updateTable('departments').set({ archived: 1 }).where('id', '=', DEPARTMENT).execute())
    await desk.say('再补充', officer, '李敏')
    expect((await desk.view()).chat.map(({ speaker }) => speaker?.departmentId ?? null)).toEqual([DEPARTMENT, null])
  })

  test('a badge stays beside what was held and let through later', async () => {
    const desk = await openDesk(engine)
    const officer = await account(desk)
    await desk.core.moderation.setWords(desk.host, { sessionId: desk.sessionId, scope: 'session', words: ['敏感'] })
    const { message, held } = await desk.say('敏感的说明', officer)
    expect(held).toBe(true)
    await desk.core.chat.release(desk.host, { sessionId: desk.sessionId, messageId: message.id })
    expect((await desk.view()).chat.at(-1)).toMatchObject({ name: '李敏', speaker: { departmentId: DEPARTMENT } })
  })

  test('an administrator at the desk stands in the ledger as one', async () => {
    const desk = await openDesk(engine)
    const { core, sessionId, ledger, ask, act } = desk
    const admin = await account(desk, { role: 'admin', name: '王主任' })
    const { id } = await ask('问题')
    await act(id, { action: 'approve' }, admin)
    await act(id, { action: 'air', replacing: null, seconds: 0 }, admin)
    await act(id, { action: 'reply', text: '马上办。', guestId: null }, admin)
    await act(id, { action: 'answer' }, admin)
    const { question } = await core.questions.intake(admin, { sessionId, id: randomUUID(), text: '电话', name: null, topicId: null, channel: 'phone' })
    const author = (await desk.view('desk')).desk?.[0]?.asker ?? ''
    await core.moderation.sanction(admin, { sessionId, author, kind: 'mute', reason: '' })
    await core.sessions.intake(admin, { sessionId, paused: true, slowSeconds: 0, reason: '' })
    await core.sessions.chatSettings(admin, { sessionId, chatEnabled: true, chatSlowSeconds: 5, reason: '' })
    await core.cuts.cut(admin, { sessionId, reason: '' }, '')
    const own = (await ledger()).filter(({ role }) => role === 'admin' )
    expect(own.map(({ action }) => action)).toEqual(['create', 'approve', 'air', 'reply', 'answer', 'submit', 'mute', 'intake', 'chat_settings', 'cut'])
    expect(new Set(own.slice(1).map(({ actor }) => actor)).size).toBe(1)
    expect((await desk.stored(id)).answer).toMatchObject({ guestId: null, name: '王主任' })
    expect((await desk.stored(question.id)).enteredBy).toBe('王主任')
    expect((await desk.view()).session.intake).toMatchObject({ notice: { by: '王主任' }, chat: { by: '王主任' }, cut: { by: '王主任' } })
    expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
  })

  test('a supervisor may cut, and nothing else', async () => {
    const desk = await openDesk(engine)
    const { core, sessionId, ledger } = desk
    const supervisor = await account(desk, { role: 'supervisor', name: '督办' })
    const { id } = await desk.ask('问题')
    await expect(desk.act(id, { action: 'approve' }, supervisor)).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
    await core.cuts.cut(supervisor, { sessionId, reason: '' }, '')
    expect((await ledger()).at(-1)).toMatchObject({ action: 'cut', role: 'supervisor' })
    expect((await desk.view()).session.intake.cut?.by).toBe('督办')
  })
})
