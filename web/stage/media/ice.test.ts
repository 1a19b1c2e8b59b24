import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DISCONNECTED_GRACE, RESTART_PATIENCE, keepConnected } from './ice.ts'

describe('keepConnected', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function setUp(restart = vi.fn(() => Promise.resolve())) {
    const lost = vi.fn()
    return { restart, lost, keeper: keepConnected({ restart, lost }) }
  }

  it('lets a short break heal by itself', () => {
    const { keeper, restart } = setUp()
    keeper.changed('disconnected')
    vi.advanceTimersByTime(DISCONNECTED_GRACE - 1)
    keeper.changed('connected')
    vi.advanceTimersByTime(60_000)
    expect(restart).not.toHaveBeenCalled()
  })
  it('restarts ICE after a longer one, and is content when that helps', () => {
    const { keeper, restart, lost } = setUp()
    keeper.changed('disconnected')
    vi.advanceTimersByTime(DISCONNECTED_GRACE)
    expect(restart).toHaveBeenCalledOnce()
    keeper.changed('connected')
    vi.advanceTimersByTime(60_000)
    expect(lost).not.toHaveBeenCalled()
  })
  it('restarts at once on failure and gives up when that does not help', () => {
    const { keeper, restart, lost } = setUp()
    keeper.changed('failed')
    expect(restart).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(RESTART_PATIENCE)
    expect(lost).toHaveBeenCalledOnce()
  })
  it('gives up on a second failure without waiting', () => {
    const { keeper, lost } = setUp()
    keeper.changed('failed')
    keeper.changed('failed')
    expect(lost).toHaveBeenCalledOnce()
  })
  it('gives up when the server refuses the restart', async () => {
    const { keeper, lost } = setUp(vi.fn(() => Promise.reject(new Error('gone'))))
    keeper.changed('failed')
    await vi.advanceTimersByTimeAsync(0)
    expect(lost).toHaveBeenCalledOnce()
  })
  it('says nothing after it was closed', () => {
    const { keeper, lost } = setUp()
    keeper.changed('disconnected')
    keeper.close()
    vi.advanceTimersByTime(60_000)
    keeper.changed('failed')
    expect(lost).not.toHaveBeenCalled()
  })
})
