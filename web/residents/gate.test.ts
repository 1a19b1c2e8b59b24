import { describe, expect, it, vi } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { createFakeConnection } from '../net/fakeConnection.test-support.ts'
import { createGate, gated } from './gate.ts'

const settled = () => new Promise((resolve) => setTimeout(resolve))
const needs = (rule: string) => new RefusedError('identity_required', { current: rule })
const outcome = (promise: Promise<unknown>) => promise.catch((error: RefusedError) => error.refusal.code)

describe('the gate', () => {
  it('asks for what is missing, and does it again once it is there', async () => {
    const gate = createGate()
    const act = vi.fn<() => Promise<string>>().mockRejectedValueOnce(needs('phone')).mockRejectedValueOnce(new RefusedError('consent_required', { current: 3 })).mockResolvedValue('done')
    const done = gate.through(act)
    await settled()
    expect(gate.need.value).toEqual({ code: 'identity_required', current: 'phone' })
    gate.settle(true)
    await settled()
    expect(gate.need.value).toEqual({ code: 'consent_required', current: 3 })
    gate.settle(true)
    expect(await done).toBe('done')
    expect([act.mock.calls.length, gate.need.value]).toEqual([3, null])
  })

  it('gives up what the reader would rather not do, and can be asked again', async () => {
    const gate = createGate()
    const act = () => Promise.reject(needs('either'))
    for (let round = 0; round < 2; round++) {
      const done = outcome(gate.through(act))
      await settled()
      gate.settle(false)
      expect(await done).toBe('identity_required')
    }
  })

  it('asks once for all that wait', async () => {
    const gate = createGate()
    let known = false
    const act = vi.fn(() => (known ? Promise.resolve('done') : Promise.reject(needs('phone'))))
    const all = [gate.through(act), gate.through(act)]
    await settled()
    known = true
    gate.settle(true)
    expect(await Promise.all(all)).toEqual(['done', 'done'])
    expect(act).toHaveBeenCalledTimes(4)
  })

  it('sends again what was lost with the line that went when the reader became known', async () => {
    const gate = createGate()
    const act = vi.fn<() => Promise<string>>().mockRejectedValueOnce(needs('phone')).mockRejectedValueOnce(new RefusedError('offline')).mockResolvedValue('done')
    const done = gate.through(act)
    await settled()
    gate.settle(true)
    expect(await done).toBe('done')
    const lost = vi.fn(() => Promise.reject(new RefusedError('offline')))
    expect(await outcome(gate.through(lost))).toBe('offline')
    expect(lost).toHaveBeenCalledTimes(1)
  })

  it('lets every other refusal through', async () => {
    const gate = createGate()
    expect(await outcome(gate.through(() => Promise.reject(new RefusedError('closed'))))).toBe('closed')
    expect(gate.need.value).toBeNull()
  })

  it('stands before the line', async () => {
    let known = false
    const { connection, sent } = createFakeConnection(() => (known ? Promise.resolve({ votes: 1 }) : Promise.reject(needs('oidc'))))
    const gate = createGate()
    const vote = gated(connection, gate).request('question:vote', { sessionId: 'demo000001', questionId: 'q', up: true })
    await settled()
    known = true
    gate.settle(true)
    expect(await vote).toEqual({ votes: 1 })
    expect(sent).toHaveLength(2)
  })
})
