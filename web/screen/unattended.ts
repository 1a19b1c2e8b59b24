import { recentReloads, waitBeforeReload } from './rules/healing.ts'

const KEY = 'fangtan.screen.reloads'
/** How long the server may take to show that it is there, in milliseconds. */
const PROBE_TIMEOUT = 10_000

/** Whether the server would give this page: a reload while it is away would leave the browser's own error on the wall. */
async function answers(): Promise<boolean> {
  try {
    const response = await fetch(location.href, { cache: 'no-store', headers: { accept: 'text/html' }, signal: AbortSignal.timeout(PROBE_TIMEOUT) })
    return response.ok && (response.headers.get('content-type') ?? '').startsWith('text/html')
  } catch {
    return false
  }
}

/** Loads the page afresh when the server is there to give it, after a wait that grows with each time. Returns the undo. */
export function reloadInTime(): () => void {
  const reloads = recentReloads(sessionStorage.getItem(KEY), Date.now())
  let tries = reloads.length
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  function next() {
    timer = setTimeout(() => void attempt(), waitBeforeReload(tries++, Math.random()))
  }
  async function attempt() {
    const ready = await answers()
    if (stopped) return
    if (!ready) {
      next()
      return
    }
    sessionStorage.setItem(KEY, JSON.stringify([...reloads, Date.now()]))
    location.reload()
  }
  next()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** `load` of a page that nobody looks after: should it fail, the page is loaded afresh in time. */
export function unattended<T>(load: () => Promise<T>): () => Promise<T> {
  return () =>
    load().catch(() => {
      reloadInTime()
      return new Promise<never>(() => undefined)
    })
}
