import { createApp, effectScope } from 'vue'
import { expect, it } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { createFakeConnection } from '../net/fakeConnection.test-support.ts'
import { connectionKey } from '../net/socket.ts'
import { hand } from './testing.ts'
import { useFloorActs } from './useFloorActs.ts'

const WISH = { name: '王阿姨', topicId: null, tableId: null, questionId: null, about: '' }

/** The floor over a line that answers with `outcomes`, one after another; without one it agrees. */
function start(outcomes: RefusedError[] = []) {
  const { connection, sent } = createFakeConnection(async () => {
    const refused = outcomes.shift()
    if (refused) throw refused
    return {}
  })
  const app = createApp({})
  app.provide(connectionKey, connection)
  const acts = app.runWithContext(() => effectScope().run(() => useFloorActs('abcdef1234')))
  if (!acts) throw new Error('no scope')
  return { acts, payloads: () => sent.map(({ payload }) => payload as { id: string; expectedVersion: number }) }
}

it('raises a hand once, though the answer was lost: the same wish goes out under the same id', async () => {
  const { acts, payloads } = start([new RefusedError('timeout')])
  expect(await acts.raise(WISH)).toBe(false)
  expect(acts.refusal.value).toEqual({ code: 'timeout' })
  expect(await acts.raise(WISH)).toBe(true)
  expect(acts.refusal.value).toBeNull()
  expect(await acts.raise(WISH)).toBe(true)
  const [first, again, another] = payloads().map(({ id }) => id)
  expect(again).toBe(first)
  expect(another).not.toBe(first)
})

it('takes another wish for another hand', async () => {
  const { acts, payloads } = start([new RefusedError('offline')])
  await acts.raise(WISH)
  await acts.raise({ ...WISH, about: '路灯' })
  const [first, second] = payloads().map(({ id }) => id)
  expect(second).not.toBe(first)
})

it('insists on what the person wants when the desk changed the hand at the same moment', async () => {
  const speaking = hand(1, { state: 'speaking', version: 4 })
  const { acts, payloads } = start([new RefusedError('stale', { current: { ...speaking, version: 5 } })])
  expect(await acts.act(speaking, 'finish')).toBe(true)
  expect(payloads().map(({ expectedVersion }) => expectedVersion)).toEqual([4, 5])
})

it('gives in when the step is gone, and says so', async () => {
  const invited = hand(1, { state: 'invited', version: 2 })
  const { acts, payloads } = start([new RefusedError('stale', { current: { ...invited, state: 'waiting', version: 3 } })])
  expect(await acts.act(invited, 'accept')).toBe(false)
  expect(acts.refusal.value?.code).toBe('stale')
  expect(payloads()).toHaveLength(1)
})

it('does not go on for ever', async () => {
  const raised = hand(1)
  const stale = (version: number) => new RefusedError('stale', { current: { ...raised, version } })
  const { acts, payloads } = start([stale(2), stale(3), stale(4), stale(5)])
  expect(await acts.act(raised, 'lower')).toBe(false)
  expect(payloads()).toHaveLength(3)
})
