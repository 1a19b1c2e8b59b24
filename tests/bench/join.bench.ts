/// <reference lib="dom" />
import { launchChromium } from './support/chromium.ts'
import { goOnAir, openInterview } from './support/interview.ts'
import { median, report, round, say } from './support/report.ts'

/**
 * How long a resident waits: from opening the address of a session that is on air to the first picture of the guest, in a fresh browser context each time (nothing cached),
 * against the time in which the same page paints anything at all.
 */
const VIEWERS = 7

const interview = await openInterview()
const browser = await launchChromium()
try {
  await goOnAir(browser, interview)
  const pictures: number[] = []
  const paints: number[] = []
  for (let viewer = 0; viewer < VIEWERS; viewer++) {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    await page.goto(interview.watchUrl, { waitUntil: 'commit' })
    await page.waitForFunction(() => [...document.querySelectorAll('video')].some((video) => video.getVideoPlaybackQuality().totalVideoFrames > 0), undefined, { polling: 'raf', timeout: 60_000 })
    const { picture, paint } = await page.evaluate(() => ({ picture: performance.now(), paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN }))
    pictures.push(picture)
    paints.push(paint)
    say(`  first picture after ${round(picture, 0)} ms, first paint after ${round(paint, 0)} ms`)
    await context.close()
  }
  report({
    bench: 'join',
    ratio: round(median(pictures) / median(paints)),
    against: 'first contentful paint of the same page',
    firstPictureMs: round(median(pictures), 0),
    firstPaintMs: round(median(paints), 0),
  })
} finally {
  await browser.close()
  await interview.stop()
}
