import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { until } from '../../support/until.ts'

/** What a resident does on the floor of a symposium, on the watch page. */
export function floorPage(page: Page) {
  const floor = page.getByTestId('floor')
  const seat = page.getByTestId('floor-seat')

  return {
    page,
    floor,
    /** One's own camera and microphone, from the invitation to the end of the turn. */
    seat,
    /** Raises one's hand, through the sheet. */
    async raise({ name, about = '', topic = '' }: { name: string; about?: string; topic?: string }): Promise<void> {
      await page.getByTestId('raise-open').first().click()
      const form = page.getByTestId('raise-form')
      await form.getByTestId('raise-name').fill(name)
      if (about) await form.getByTestId('raise-about').fill(about)
      if (topic) await form.getByTestId('raise-topics').getByRole('button', { name: topic }).click()
      await form.getByTestId('raise-send').click()
      await page.locator('[data-testid="own-hand"][data-state="waiting"]').waitFor()
    },
    /** The numbers of the hands that wait, the next one first, as this page shows them; folded lists are unfolded. */
    async queue(): Promise<number[]> {
      const fold = page.getByTestId('queue-fold')
      if ((await fold.count()) > 0 && !(await fold.evaluate((element) => element.hasAttribute('open')))) await fold.locator('summary').first().click()
      return page.getByTestId('hand-queue').getByTestId('hand').evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-hand'))))
    },
    /** Resolves once the own hand stands there. */
    is: (state: 'waiting' | 'invited' | 'checking' | 'backstage' | 'speaking'): Promise<void> => page.locator(`[data-testid="own-hand"][data-state="${state}"]`).waitFor(),
    ended: (state: 'spoke' | 'lowered'): Locator => page.locator(`[data-testid="own-hand-ended"][data-state="${state}"]`),
    accept: (): Promise<void> => page.getByTestId('invitation-accept').click(),
    /** Passes the device check with the camera that there is, and waits to be called. */
    async check(): Promise<void> {
      const check = page.getByTestId('device-check')
      await check.getByTestId('stage-video').or(check.locator('video')).first().waitFor()
      await page.getByTestId('enter-backstage').click()
      await seat.getByTestId('floor-backstage').waitFor()
    },
    speaking: seat.getByTestId('floor-speaking'),
    finish: (): Promise<void> => page.getByTestId('floor-finish').click(),
    /** Types the hall's code. */
    async enterHall(code: string): Promise<void> {
      await page.getByTestId('hall-entry').locator('summary').click()
      await page.getByTestId('hall-code').fill(code)
      await page.getByTestId('hall-enter').click()
      await page.getByTestId('in-hall').waitFor()
    },
    tile: (seatId?: string): Locator => page.getByTestId('stage-area').locator(seatId === undefined ? '[data-testid="stage-tile-camera"]' : `[data-testid="stage-tile-camera"][data-seat="${seatId}"]`),
    /** How many tracks of cameras and microphones this page holds open. */
    devices: (): Promise<number> => page.evaluate(() => globalThis.testTracks.filter((track) => track.readyState === 'live').length),
  }
}

export type FloorPage = ReturnType<typeof floorPage>

/** Runs in the page before its own scripts: keeps every track of a device that it opens, so that a test can ask whether it was let go. */
export function recordDevices(): void {
  globalThis.testTracks = []
  if (!('mediaDevices' in navigator)) return
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints)
    globalThis.testTracks.push(...stream.getTracks())
    return stream
  }
}

declare global {
  var testTracks: MediaStreamTrack[]
}

/** What a host does on the floor, at the desk. */
export function floorDesk(page: Page) {
  const panel = page.getByTestId('floor-panel')
  const hand = (number: number): Locator => panel.locator(`[data-testid="desk-hand"][data-hand="${number}"]`)
  const speaker = (number: number): Locator => panel.locator(`[data-testid="floor-speaker"][data-hand="${number}"]`)

  return {
    page,
    panel,
    hand,
    speaker,
    open: (): Promise<void> => page.getByTestId('side-floor').or(page.getByTestId('tab-floor')).first().click(),
    async openFloor(): Promise<void> {
      await panel.getByTestId('floor-toggle').click()
      await panel.locator('[data-testid="floor-open-state"][data-open="true"]').waitFor()
    },
    /** Asks on camera, or gives the floor: the one button of a hand. */
    call: (number: number): Promise<void> => hand(number).getByTestId('hand-call').click(),
    async callEarly(number: number, reason: string): Promise<void> {
      await this.call(number)
      await page.getByTestId('reason-text').fill(reason)
      await page.getByTestId('reason-submit').click()
      await page.getByTestId('reason-dialog').waitFor({ state: 'hidden' })
    },
    async dismiss(number: number, reason: string): Promise<void> {
      await hand(number).getByTestId('hand-menu').click()
      await page.getByRole('menu').getByTestId('hand-dismiss').click()
      await page.getByTestId('reason-text').fill(reason)
      await page.getByTestId('reason-submit').click()
      await page.getByTestId('reason-dialog').waitFor({ state: 'hidden' })
    },
    /** Resolves once a hand that was called stands there. */
    is: (number: number, state: 'invited' | 'checking' | 'backstage'): Promise<void> => panel.locator(`[data-testid="desk-hand"][data-hand="${number}"][data-state="${state}"]`).waitFor(),
    mute: (number: number): Promise<void> => speaker(number).getByTestId('floor-mute').click(),
    finish: (number: number): Promise<void> => speaker(number).getByTestId('hand-finish').click(),
    async queue(): Promise<number[]> {
      return panel.getByTestId('desk-queue').getByTestId('desk-hand').evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-hand'))))
    },
  }
}

/** Everybody sees the same order. */
export async function sameOrder(pages: readonly { queue(): Promise<number[]> }[], order: readonly number[]): Promise<void> {
  for (const page of pages) await until(async () => JSON.stringify(await page.queue()) === JSON.stringify(order), `the order ${order.join(', ')}`).catch(async () => expect(await page.queue()).toEqual(order))
}
