import { expect, it } from 'vitest'
import { openDesk, refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'

const FROM = '203.0.113.7'

onBothEngines((engine) => {
  it('shows how every session stands, and who cut it off', async () => {
    const desk = await openDesk(engine)
    const { core, host, moderator, sessionId } = desk
    const [session] = await core.administration.sessions(host)
    expect(session).toMatchObject({ id: sessionId, phase: 'live', cut: null, watching: 0, roles: { host: 1, moderator: 1, guest: 2 } })
    await core.cuts.cut(host, { sessionId, reason: '核实一条消息' }, FROM)
    expect((await core.administration.sessions(host))[0]).toMatchObject({ phase: 'paused', cut: { reason: '核实一条消息' } })
    expect((await refusalOf(core.administration.sessions(moderator))).code).toBe('forbidden')
  })

  it('finds questions by number and by words, whoever may see them', async () => {
    const { core, host, sessionId, moderator, ask, act } = await openDesk(engine)
    const lift = await ask('老旧小区加装电梯怎么申请？', { name: '东溪村民' })
    const pit = await ask('石矿什么时候复绿？100%_完成了吗')
    await act(lift.id, { action: 'decline', code: 'spam', reason: '' })
    const found = async (find: string) => (await core.administration.said(host, sessionId, { subject: 'question', find })).map(({ id }) => id)
    expect(await found('')).toEqual([pit.id, lift.id])
    expect(await found('1')).toEqual([lift.id])
    expect(await found('复绿')).toEqual([pit.id])
    expect(await found('%')).toEqual([pit.id])
    expect(await found('0%_完')).toEqual([pit.id])
    expect(await found('没有人这样说')).toEqual([])
    expect(await core.administration.said(host, sessionId, { subject: 'question', find: '电梯' })).toEqual([{ id: lift.id, number: 1, name: '东溪村民', text: '老旧小区加装电梯怎么申请？', at: expect.any(String) as string }])
    expect((await refusalOf(core.administration.said(moderator, sessionId, { subject: 'question', find: '' }))).code).toBe('forbidden')
  })

  it('finds chat messages of this session alone, the deleted too', async () => {
    const { core, host, sessionId, say } = await openDesk(engine)
    const { message: first } = await say('大家好')
    const { message: second } = await say('声音很清楚')
    await core.chat.delete(host, { sessionId, messageId: first.id })
    const found = async (find: string, session = sessionId) => (await core.administration.said(host, session, { subject: 'chat', find })).map(({ id, number }) => ({ id, number }))
    expect(await found('')).toEqual([second, first].map(({ id }) => ({ id, number: null })))
    // The words are gone with the deletion; that something was said, by whom and when, is not.
    expect(await found('大家')).toEqual([])
    expect(await found('清楚')).toEqual([{ id: second.id, number: null }])
    expect(await found('', 'anothersession')).toEqual([])
  })
})
