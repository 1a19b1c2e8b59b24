/** Milliseconds after the last thing was loaded until the page is kept: a page loads in pieces. */
const QUIET = 1_500
/** For as long as the worker may take to keep it. */
const PATIENCE = 30_000

const loaded = (): string[] => {
  const urls = performance.getEntriesByType('resource').map(({ name }) => new URL(name, window.location.href))
  return [...new Set(urls.filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith('/assets/')).map(({ pathname }) => pathname))]
}

function ask(worker: ServiceWorker, message: unknown): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const over = (kept: boolean) => {
      clearTimeout(timer)
      port1.close()
      resolve(kept)
    }
    const timer = setTimeout(() => over(false), PATIENCE)
    port1.onmessage = ({ data }: MessageEvent<{ kept: boolean }>) => over(data.kept)
    worker.postMessage(message, [port2])
  })
}

/**
 * Has the browser keep the hall's page, so that it opens again without a network: what it has loaded so far, and what it loads later. `more`: paths of what it may still load.
 * `tell` hears whether it would open. Returns the undo. Over plain HTTP there is nothing that could keep it.
 */
export function keepPage(more: readonly string[], tell: (kept: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false
  const page = window.location.pathname
  // The list of what was loaded is full after 250 pieces unless it is told to go on.
  performance.setResourceTimingBufferSize(2_000)

  async function keep() {
    try {
      await navigator.serviceWorker.register('/sw.js')
      const { active } = await navigator.serviceWorker.ready
      const kept = active !== null && (await ask(active, { type: 'keep', page, assets: [...new Set([...loaded(), ...more])] }))
      if (!gone) tell(kept)
    } catch {
      if (!gone) tell(false)
    }
  }
  function later() {
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), QUIET)
  }

  if (!('serviceWorker' in navigator)) {
    tell(false)
    return () => undefined
  }
  let known = 0
  const observer = new PerformanceObserver(() => {
    const now = loaded().length
    if (now > known) later()
    known = now
  })
  observer.observe({ type: 'resource', buffered: true })
  later()
  return () => {
    gone = true
    clearTimeout(timer)
    observer.disconnect()
  }
}
