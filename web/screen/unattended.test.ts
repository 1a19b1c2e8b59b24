import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reloadInTime, unattended } from './unattended.ts'

const kept = new Map<string, string>()
const reload = vi.fn()
const fetching = vi.fn()
const page = () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  kept.clear()
  reload.mockReset()
  fetching.mockReset().mockImplementation(() => Promise.resolve(page()))
  vi.stubGlobal('fetch', fetching)
  vi.stubGlobal('location', { href: 'http://localhost/s/demo/screen', reload })
  vi.stubGlobal('sessionStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('a reload in time', () => {
  it('waits, asks whether the page is to be had, and does it once', async () => {
    reloadInTime()
    await vi.advanceTimersByTimeAsync(3_900)
    expect(fetching).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(200)
    expect(reload).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(600_000)
    expect(reload).toHaveBeenCalledTimes(1)
  })

  it('keeps the page that is there while the server is away, however that shows', async () => {
    const answers = [() => Promise.reject(new TypeError('failed')), () => Promise.resolve(new Response('', { status: 502 })), () => Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }))]
    for (const answer of answers) fetching.mockImplementationOnce(answer)
    reloadInTime()
    // 4, 8 and 16 seconds, and 32 more for the one that succeeds.
    await vi.advanceTimersByTimeAsync(28_500)
    expect(fetching).toHaveBeenCalledTimes(3)
    expect(reload).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(32_000)
    expect(reload).toHaveBeenCalledTimes(1)
  })

  it('waits longer after each that did not help', async () => {
    const waits: number[] = []
    for (let turn = 0; turn < 4; turn++) {
      const from = Date.now()
      reloadInTime()
      while (reload.mock.calls.length <= turn) await vi.advanceTimersByTimeAsync(500)
      waits.push(Math.round((Date.now() - from) / 1_000))
    }
    expect(waits).toEqual([4, 8, 16, 32])
  })

  it('is given up by its undo, also while the server is being asked', async () => {
    reloadInTime()()
    let answer: (response: Response) => void = () => undefined
    fetching.mockImplementation(() => new Promise((resolve) => (answer = resolve)))
    const undo = reloadInTime()
    await vi.advanceTimersByTimeAsync(4_100)
    undo()
    answer(page())
    await vi.advanceTimersByTimeAsync(600_000)
    expect(reload).not.toHaveBeenCalled()
  })
})

describe('a page that nobody looks after', () => {
  it('is what was loaded', async () => {
    await expect(unattended(() => Promise.resolve(7))()).resolves.toBe(7)
  })
  it('is loaded afresh when a script of it is gone', async () => {
    void unattended(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')))()
    await vi.advanceTimersByTimeAsync(4_100)
    expect(reload).toHaveBeenCalledTimes(1)
  })
})
