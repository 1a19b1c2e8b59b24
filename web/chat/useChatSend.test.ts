import { createApp, effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { connectionKey } from '../net/socket.ts'
import type { Connection } from '../net/types.ts'
import { useChatSend } from './useChatSend.ts'

type Sent = { id: string; text: string; name: string | null }

/** Chat over a line that answers with `outcomes`, one after another; without one it agrees. */
function start(outcomes: RefusedError[] = [], slowSeconds = 0) {
  const sent: Sent[] = []
  let shown = 0
  const request = async (_event: string, payload: Sent) => {
    sent.push(payload)
    const refused = outcomes.shift()
    if (refused) throw refused
    return { message: { ...payload, author: 'a', at: '2026-11-22T01:00:00.000Z' }, held: false }
  }
  const app = createApp({})
  app.provide(connectionKey, { request } as unknown as Connection)
  const chat = app.runWithContext(() => effectScope().run(() => useChatSend('abcdef1234', { name: () => '阿海', slowSeconds: () => slowSeconds, onSent: () => void shown++ })))
  if (!chat) throw new Error('no scope')
  return { chat, sent, shown: () => shown }
}

describe('useChatSend', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('sends the cleaned text and empties the line', async () => {
    const { chat, sent, shown } = start()
    chat.text.value = '  大家好 '
    await chat.send()
    expect(sent).toMatchObject([{ text: '大家好', name: '阿海' }])
    expect(chat.text.value).toBe('')
    expect(shown()).toBe(1)
  })

  it('keeps the text and says why when it did not go out, and sends it again under the same id', async () => {
    const { chat, sent } = start([new RefusedError('timeout')])
    chat.text.value = '大家好'
    await chat.send()
    expect(chat.text.value).toBe('大家好')
    expect(chat.refusal.value).toEqual({ code: 'timeout' })
    await chat.send()
    expect(chat.refusal.value).toBeNull()
    expect(sent[1]?.id).toBe(sent[0]?.id)
  })

  it('gives a changed text an id of its own', async () => {
    const { chat, sent } = start([new RefusedError('timeout')])
    chat.text.value = '大家好'
    await chat.send()
    chat.text.value = '大家晚上好'
    await chat.send()
    expect(sent[1]?.id).not.toBe(sent[0]?.id)
  })

  it('waits as long as the server says', async () => {
    const { chat, sent } = start([new RefusedError('slow_mode', { retryAfterMs: 3_000 })])
    chat.text.value = '大家好'
    await chat.send()
    expect(chat.wait.value).toBe(3)
    await chat.send()
    expect(sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(3_100)
    expect(chat.wait.value).toBe(0)
    expect(chat.ready.value).toBe(true)
  })

  it('counts down after each message in slow mode', async () => {
    const { chat } = start([], 10)
    chat.text.value = '大家好'
    await chat.send()
    expect(chat.wait.value).toBe(10)
  })

  it('sends nothing that is empty or too long', async () => {
    const { chat, sent } = start()
    chat.text.value = ' \n '
    await chat.send()
    chat.text.value = '字'.repeat(201)
    expect(chat.excess.value).toBe(1)
    await chat.send()
    expect(sent).toEqual([])
  })
})
