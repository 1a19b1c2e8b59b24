import { nextTick } from 'vue'
import { START_LOCATION } from 'vue-router'
import type { Router } from 'vue-router'

/** A heading that comes later than this after a navigation (slow network) no longer takes the focus. */
const PATIENCE = 10_000

export const MAIN_ID = 'main'

/** Focuses the page's h1 as soon as it is there, unless the reader has gone elsewhere meanwhile. Returns the undo. */
function focusHeading(): () => void {
  const main = document.getElementById(MAIN_ID)
  if (!main) return () => undefined
  const mayTake = () => document.activeElement === document.body || document.activeElement === main
  const attempt = () => {
    const heading = main.querySelector('h1')
    if (!heading) return false
    heading.tabIndex = -1
    if (mayTake()) heading.focus({ preventScroll: true })
    return true
  }
  main.focus({ preventScroll: true })
  if (attempt()) return () => undefined
  const observer = new MutationObserver(() => {
    if (attempt() || !mayTake()) stop()
  })
  const timer = setTimeout(() => stop(), PATIENCE)
  const stop = () => {
    clearTimeout(timer)
    observer.disconnect()
  }
  observer.observe(main, { childList: true, subtree: true })
  return stop
}

/** After each navigation, brings keyboard and screen reader to the new page's heading, which is how the change is announced. Returns the undo. */
export function followWithFocus(router: Router): () => void {
  let stop: () => void = () => undefined
  const undo = router.afterEach((to, from, failure) => {
    if (failure || from === START_LOCATION || to.path === from.path) return
    stop()
    void nextTick(() => (stop = focusHeading()))
  })
  return () => {
    undo()
    stop()
  }
}
