import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Grant, Me, SignedIn } from '../../shared/accounts.ts'
import { createFakeConnection } from '../net/fakeConnection.test-support.ts'
import { createIdentity } from './identity.ts'
import { createMe } from './useMe.ts'

const grant: Grant = { id: '1', sessionId: null, role: 'host', guestId: null, name: '', accountId: null }
const me = (personId: string, signedIn: SignedIn | null = null, grants: Grant[] = []): Me => ({ personId, grants, signedIn, account: null, verified: [], consented: null })

let now: Me
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function open(first: Me) {
  now = first
  const store = createMe(() => Promise.resolve(now))
  await store.ready
  const line = createFakeConnection(() => Promise.resolve(null))
  const tabs = { postMessage: vi.fn(), onmessage: null as BroadcastChannel['onmessage'] }
  const identity = createIdentity({ me: store, connection: line.connection, tabs })
  const otherTab = () => void tabs.onmessage?.call(tabs as unknown as BroadcastChannel, new MessageEvent('message'))
  return { store, line, tabs, identity, otherTab, cut: () => line.say('access:revoked', { reason: 'revoked' }), pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

describe('when rights are taken away', () => {
  it('says why, and knows what is left', async () => {
    const page = await open(me('a', 'staff', [grant]))
    now = me('a', 'staff')
    page.cut()
    await page.pass(0)
    expect(page.identity.revoked.value).toEqual({ reason: 'revoked', loss: 'less' })
    expect(page.store.me.value?.grants).toEqual([])
    page.identity.dismiss()
    expect(page.identity.revoked.value).toBeNull()
  })

  it('says nothing when another device was meant', async () => {
    const page = await open(me('a', 'staff', [grant]))
    page.cut()
    await page.pass(10_000)
    expect(page.identity.revoked.value).toBeNull()
  })

  it('opens a line of its own accord for whoever works here, so that they are told at once', async () => {
    const page = await open(me('a'))
    const on = vi.spyOn(page.line.connection, 'on')
    now = me('a', 'resident')
    await page.store.refresh()
    expect(on).not.toHaveBeenCalled()
    now = me('b', 'staff', [grant])
    await page.store.refresh()
    await page.pass(0)
    now = me('b', 'staff')
    await page.store.refresh()
    now = me('b', 'staff', [grant])
    await page.store.refresh()
    expect(on).toHaveBeenCalledTimes(1)
    now = me('c')
    page.cut()
    await page.pass(0)
    expect(page.identity.revoked.value).toEqual({ reason: 'revoked', loss: 'signed_out' })
  })

  it('looks again when the server had not heard of it yet', async () => {
    const page = await open(me('a', 'link', [grant]))
    page.cut()
    await page.pass(0)
    expect(page.identity.revoked.value).toBeNull()
    now = me('b')
    await page.pass(2_000)
    expect(page.identity.revoked.value).toEqual({ reason: 'revoked', loss: 'signed_out' })
  })
})

describe('an own act', () => {
  it('is no news, tells the other tabs, and comes back as whoever it made', async () => {
    const page = await open(me('a', 'staff', [grant]))
    const done = await page.identity.change(async () => {
      now = me('b')
      page.cut()
      return 'signed out'
    })
    expect([done, page.store.me.value?.personId, page.line.reopened.count]).toEqual(['signed out', 'b', 1])
    expect(page.tabs.postMessage).toHaveBeenCalledTimes(1)
    expect(page.identity.revoked.value).toBeNull()
  })

  it('changes nothing when it is refused', async () => {
    const page = await open(me('a'))
    await expect(page.identity.change(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect([page.line.reopened.count, page.tabs.postMessage.mock.calls.length]).toEqual([0, 0])
  })
})

describe('an act of another tab', () => {
  it('makes this one the same person, on a line of its own', async () => {
    const page = await open(me('a'))
    now = me('b', 'staff', [grant])
    page.otherTab()
    await page.pass(0)
    expect([page.store.me.value?.personId, page.line.reopened.count]).toEqual(['b', 1])
  })

  it('leaves the line alone when nobody changed', async () => {
    const page = await open(me('a'))
    page.otherTab()
    await page.pass(0)
    expect(page.line.reopened.count).toBe(0)
  })
})
