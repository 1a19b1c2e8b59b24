import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** More presses than any page has stops. */
const MAX_STOPS = 60

/** Presses Tab until `target` has the focus, and makes sure that this can be seen. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MAX_STOPS; stop++) {
    await page.keyboard.press('Tab')
    if (!(await target.evaluate((element) => element === document.activeElement))) continue
    const visible = await target.evaluate((element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    })
    expect(visible, 'a visible focus').toBe(true)
    return
  }
  throw new Error(`Tab never comes to ${target.toString()}`)
}
