import { describe, expect, it } from 'vitest'
import { recentReloads, waitBeforeReload } from './healing.ts'

const MINUTE = 60_000

describe('the wait before a reload', () => {
  it('differs from screen to screen', () => {
    expect([waitBeforeReload(0, 0), waitBeforeReload(0, 0.999)].map(Math.round)).toEqual([2_000, 5_996])
  })
  it('grows with each time, and not without end', () => {
    expect([0, 1, 2, 3, 20].map((tries) => waitBeforeReload(tries, 0.5))).toEqual([4_000, 8_000, 16_000, 32_000, 5 * MINUTE])
  })
  it('never makes a loop: an hour of failures is a dozen of reloads or two', () => {
    let reloads = 0
    for (let waited = 0; waited < 60 * MINUTE; reloads++) waited += waitBeforeReload(reloads, 0)
    expect(reloads).toBeLessThan(32)
  })
})

describe('the reloads that are remembered', () => {
  const now = 100 * MINUTE
  it('are those of the last hour', () => expect(recentReloads(JSON.stringify([now - 61 * MINUTE, now - 59 * MINUTE, now]), now)).toEqual([now - 59 * MINUTE, now]))
  it('are none where nothing sensible was kept', () => {
    for (const kept of [null, '', '{}', '["x",null]', 'not json', JSON.stringify([now + 1])]) expect(recentReloads(kept, now)).toEqual([])
  })
})
