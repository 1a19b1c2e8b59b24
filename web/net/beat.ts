/** How often the silence is looked at, in milliseconds. */
const TICK = 1_000

/**
 * Notices a line that is dead without anybody having said so (a phone that changed networks): while a beat is expected and nothing was heard for longer than
 * it allows, `onSilence` is called, at most once per tick.
 */
export function createBeat(onSilence: () => void, now: () => number = Date.now) {
  const allowed = new Set<{ silenceMs: number }>()
  let heardAt = now()
  let tickedAt = now()
  let timer: ReturnType<typeof setInterval> | undefined

  function tick() {
    const asleep = now() - tickedAt > 2 * TICK
    tickedAt = now()
    // Timers of a hidden page or a sleeping phone come late; what was sent meanwhile is still to be read.
    if (asleep) heardAt = now()
    const limit = Math.min(...[...allowed].map(({ silenceMs }) => silenceMs))
    if (now() - heardAt <= limit) return
    heardAt = now()
    onSilence()
  }

  return {
    heard() {
      heardAt = now()
    },
    /** Returns the undo. */
    expect(silenceMs: number): () => void {
      const entry = { silenceMs }
      allowed.add(entry)
      if (!timer) {
        heardAt = tickedAt = now()
        timer = setInterval(tick, TICK)
      }
      return () => {
        allowed.delete(entry)
        if (allowed.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
    close() {
      allowed.clear()
      clearInterval(timer)
    },
  }
}
