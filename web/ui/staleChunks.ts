import type { Router } from 'vue-router'

const KEY = 'fangtan.reloaded'
/** A second failure within this time, in milliseconds, is not a new version but a real fault: no more reloading. */
const ONCE_WITHIN = 30_000

/**
 * After an update of the server, an open page asks for scripts that are gone. The page at which the reader wanted to arrive is then loaded afresh, once.
 * Without network nothing is done: the reader stays on the page that works. Returns the undo.
 */
export function reloadStaleChunks(router: Router): () => void {
  return router.onError((_error, to) => {
    if (!navigator.onLine) return
    const last = Number(sessionStorage.getItem(KEY) ?? 0)
    if (Date.now() - last < ONCE_WITHIN) return
    sessionStorage.setItem(KEY, String(Date.now()))
    location.assign(to.fullPath)
  })
}
