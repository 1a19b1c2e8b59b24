import type { Page } from 'playwright-core'

/** The forms and sizes that a hall's screen has. */
export const SCREENS = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
  { width: 1024, height: 768 },
  { width: 1600, height: 1200 },
  { width: 3840, height: 2160 },
] as const

/** Smallest type, in hundredths of the screen's height, and what rounding takes away. */
const SMALLEST = 2.55

/** What keeps the hall from reading the page as it is: what reaches beyond the screen or its box, lies over something else, or is too small. Empty when nothing does. */
export function unreadable(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const found: string[] = []
    const { innerWidth: width, innerHeight: height } = window
    const root = document.documentElement
    if (root.scrollWidth > width || root.scrollHeight > height) found.push(`the page scrolls: ${root.scrollWidth} x ${root.scrollHeight}`)
    const name = (element: Element) => `${element.className} “${(element.textContent ?? '').trim().slice(0, 20)}”`
    for (const element of document.querySelectorAll<HTMLElement>('[data-testid="screen-room"] *')) {
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (element.closest('.sr-only') || box.width === 0 || box.height === 0) continue
      // Lists of what comes next show the beginning of each text, and say so by three dots.
      const shortened = style.webkitLineClamp !== 'none'
      if (style.overflowX === 'hidden' && !shortened && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) found.push(`cut: ${name(element)}`)
      if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())) continue
      if (box.left < -1 || box.top < -1 || box.right > width + 1 || box.bottom > height + 1) found.push(`outside: ${name(element)}`)
      if ((Number.parseFloat(style.fontSize) / height) * 100 < smallest) found.push(`too small: ${name(element)}`)
    }
    const parts = [...document.querySelectorAll('[data-testid="screen-room"] > *, aside > *')].filter((part) => part.tagName !== 'ASIDE' && part.getClientRects().length > 0)
    for (const [index, part] of parts.entries()) {
      const a = part.getBoundingClientRect()
      for (const other of parts.slice(index + 1)) {
        const b = other.getBoundingClientRect()
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) found.push(`over one another: ${part.className} and ${other.className}`)
      }
      for (const inner of part.querySelectorAll('*')) {
        const b = inner.getBoundingClientRect()
        const own = [...inner.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
        if (own && !inner.closest('.sr-only') && b.width > 0 && (b.bottom > a.bottom + 3 || b.right > a.right + 3)) found.push(`sticks out of ${part.className}: ${name(inner)}`)
      }
    }
    return found
  }, SMALLEST)
}
