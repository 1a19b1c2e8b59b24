/** What one stretch of time looked like on a page: lengths of its frames, and times from a key to what it made visible, in milliseconds. */
export type Stretch = { frames: number[]; keys: number[] }

declare global {
  /** What was measured since it was asked last. */
  var takeStretch: () => Stretch
}

/** Runs in the page: notes every frame and every key from now on. A key answered within 16 ms is not told apart by the browser. */
export function watchFrames(): void {
  let stretch: Stretch = { frames: [], keys: [] }
  let last = performance.now()
  const step = (now: number) => {
    stretch.frames.push(now - last)
    last = now
    requestAnimationFrame(step)
  }
  requestAnimationFrame(step)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown') stretch.keys.push(entry.duration)
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  globalThis.takeStretch = () => {
    const taken = stretch
    stretch = { frames: [], keys: [] }
    return taken
  }
}
