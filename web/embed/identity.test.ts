import { expect, it, vi } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { createFrameIdentity } from './identity.ts'
import { frameStorage } from './storage.ts'

const me = (personId: string): Me => ({ personId, grants: [], signedIn: null, account: null, verified: [], consented: null })

/** A server that knows the tokens it gave, but those in `void`. */
function frame(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = frameStorage(null), worthless: string[] = []) {
  let given = 0
  let token: string | undefined
  const issue = vi.fn(() => Promise.resolve({ token: `token-${++given}`, personId: `person-${given}` }))
  const fetchMe = vi.fn(() => (token === undefined || worthless.includes(token) ? Promise.reject(new RefusedError('unauthenticated')) : Promise.resolve(me(token))))
  return { issue, fetchMe, ask: createFrameIdentity({ storage, issue, fetchMe, keep: (next) => void (token = next) }), token: () => token }
}

it('asks for a token once, and is the same person after a reload', async () => {
  const storage = frameStorage(null)
  const first = frame(storage)
  expect((await first.ask()).personId).toBe('token-1')
  expect((await first.ask()).personId).toBe('token-1')
  expect(first.issue).toHaveBeenCalledTimes(1)
  const again = frame(storage)
  expect((await again.ask()).personId).toBe('token-1')
  expect(again.issue).not.toHaveBeenCalled()
})

it('becomes somebody else when the token says nothing any more', async () => {
  const storage = frameStorage(null)
  storage.setItem('fangtan.embed', 'old')
  const { ask, issue, token } = frame(storage, ['old'])
  expect((await ask()).personId).toBe('token-1')
  expect([issue.mock.calls.length, token(), storage.getItem('fangtan.embed')]).toEqual([1, 'token-1', 'token-1'])
})

it('keeps its token through outages', async () => {
  const storage = frameStorage(null)
  const { ask, fetchMe, token } = frame(storage)
  await ask()
  fetchMe.mockRejectedValueOnce(new RefusedError('offline'))
  await expect(ask()).rejects.toThrow()
  expect([token(), storage.getItem('fangtan.embed')]).toEqual(['token-1', 'token-1'])
})

it('works where storage throws', async () => {
  const forbidden = () => {
    throw new Error('forbidden')
  }
  const { ask, token } = frame({ getItem: forbidden, setItem: forbidden, removeItem: forbidden })
  expect((await ask()).personId).toBe('token-1')
  expect((await ask()).personId).toBe('token-1')
  expect(token()).toBe('token-1')
})
