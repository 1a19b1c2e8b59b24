import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { AttendanceList } from '../../shared/attendance.ts'
import { barriers } from '../support/barriers.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { pictureMoves } from '../support/browserMedia.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { floorDesk, floorPage, recordDevices, sameOrder } from './pages/floor.ts'
import type { FloorPage } from './pages/floor.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
})

/** The code on the hall's screen. */
async function hallCode({ host, sessionId }: Scene): Promise<string> {
  const { settings } = await host.person.send<AttendanceList>('PUT', `/api/sessions/${sessionId}/attendance`, { expectedVersion: 0, venue: '县政务中心一楼', seats: 0, quotas: [], applyUntil: null })
  return settings.hallCode
}

/** A resident's phone on the watch page. `query`: what the address brings along. */
async function phone({ path }: Scene, query = ''): Promise<FloorPage & { troubles: string[]; look: () => Promise<void> }> {
  const { page, troubles } = await visitor(browser, server.url, { viewport: PHONE, hasTouch: true })
  await page.addInitScript(recordDevices)
  await page.goto(server.url + path + query)
  await page.getByTestId('floor').waitFor()
  const floor = floorPage(page)
  return {
    ...floor,
    troubles,
    /** Nothing keeps people out of it, with the floor in sight: what lies half under the picture or the bar at the thumb is no smaller for that. */
    async look() {
      await floor.floor.evaluate((element) => element.scrollIntoView({ block: 'end' }))
      expect(await barriers(page)).toEqual([])
    },
  }
}

async function openFloor(scene: Scene): Promise<void> {
  await scene.host.request('floor:set', { sessionId: scene.sessionId, expectedVersion: 0, open: true, seconds: 120, tables: [] })
}

test('hall and home raise hands in one queue; somebody at home comes on camera, is muted, and goes back', { timeout: 300_000 }, async () => {
  const scene = await openScene(browser, server, 'live', { kind: 'symposium' })
  const code = await hallCode(scene)
  const desk = floorDesk((await scene.desk()).page)
  await desk.open()
  await desk.openFloor()

  // One comes by the code of the big screen, which leaves the address; one types it; two are at home.
  const hall = await phone(scene, `?hall=${code}`)
  await hall.page.getByTestId('in-hall').waitFor()
  expect(hall.page.url()).toBe(server.url + scene.path)
  const seated = await phone(scene)
  await seated.enterHall(code)
  const home = await phone(scene)
  await home.raise({ name: '王阿姨', about: '学校门口的路灯' })
  await hall.raise({ name: '李师傅' })
  await seated.raise({ name: '赵大爷' })
  const viewer = await phone(scene)
  await sameOrder([viewer, home, hall, desk], [1, 2, 3])
  await viewer.floor.getByText('王阿姨').first().waitFor()
  // What they want to say is the desk's alone until they are called.
  expect(await viewer.floor.getByText('学校门口的路灯').count()).toBe(0)
  await desk.hand(1).getByText('学校门口的路灯').waitFor()
  await home.look()

  await desk.call(1)
  await home.page.getByTestId('invitation').waitFor()
  await home.look()
  await home.accept()
  await home.page.getByTestId('device-check').waitFor()
  await desk.is(1, 'checking')
  await home.look()
  await home.check()
  await desk.is(1, 'backstage')
  // Nobody sees them yet.
  expect(await viewer.tile().count()).toBe(0)
  await sameOrder([viewer, desk], [2, 3])

  await desk.call(1)
  await home.speaking.waitFor()
  await viewer.tile().getByText('王阿姨').waitFor()
  await pictureMoves(viewer.page)
  await viewer.floor.getByTestId('speaking-clock').waitFor()
  await home.look()
  await viewer.look()
  expect(await barriers(desk.page)).toEqual([])

  await desk.mute(1)
  await viewer.page.locator('[data-testid="stage-tile-camera"][data-muted]').waitFor()
  await home.page.locator('[data-testid="floor-speaking"][data-muted]').waitFor()
  await desk.mute(1)
  await viewer.page.locator('[data-testid="stage-tile-camera"]:not([data-muted])').waitFor()

  // Whoever loads the page anew has the floor still, and is on camera by themselves.
  await home.page.reload()
  await home.speaking.waitFor()
  await pictureMoves(viewer.page)
  await until(async () => (await home.devices()) > 0, 'camera and microphone after the reload')

  await desk.finish(1)
  const began = Date.now()
  await viewer.tile().first().waitFor({ state: 'detached' })
  expect(Date.now() - began).toBeLessThan(2_000)
  await home.ended('spoke').waitFor()
  await until(async () => (await home.devices()) === 0, 'camera and microphone to be let go')
  await viewer.page.getByTestId('spoke').waitFor()
  expect([...home.troubles, ...viewer.troubles, ...hall.troubles]).toEqual([])
})

test('in the hall people speak into its microphone; who is called early is told in public why, and who is taken down hears the reason', { timeout: 240_000 }, async () => {
  const scene = await openScene(browser, server, 'live', { kind: 'symposium' })
  const code = await hallCode(scene)
  await openFloor(scene)
  const desk = floorDesk((await scene.desk()).page)
  await desk.open()
  const home = await phone(scene)
  await home.raise({ name: '王阿姨' })
  const hall = await phone(scene, `?hall=${code}`)
  await hall.page.getByTestId('in-hall').waitFor()
  await hall.raise({ name: '李师傅' })
  await sameOrder([home, desk], [1, 2])

  await desk.callEarly(2, '需要提前离场')
  await hall.speaking.waitFor()
  expect(await hall.devices()).toBe(0)
  await home.floor.getByTestId('out-of-turn').getByText('需要提前离场').waitFor()
  await hall.finish()
  await hall.ended('spoke').waitFor()

  await desk.dismiss(1, '多次呼叫没有回应')
  await home.ended('lowered').getByText('多次呼叫没有回应').waitFor()
  await until(async () => (await home.queue()).length === 0, 'the queue to be empty')
  expect([...home.troubles, ...hall.troubles]).toEqual([])
})

test('who was taken back while checking lets the camera go, and keeps their place; who loads the page anew backstage checks again', { timeout: 240_000 }, async () => {
  const scene = await openScene(browser, server, 'live', { kind: 'symposium' })
  await openFloor(scene)
  const desk = floorDesk((await scene.desk()).page)
  await desk.open()
  const home = await phone(scene)
  await home.raise({ name: '王阿姨' })
  await desk.call(1)
  await home.accept()
  await until(async () => (await home.devices()) > 0, 'the camera for the check')
  await desk.hand(1).getByTestId('hand-menu').click()
  await desk.page.getByRole('menu').getByText('退回队列').click()
  await home.is('waiting')
  await until(async () => (await home.devices()) === 0, 'the camera to be let go')

  await desk.call(1)
  await home.accept()
  await home.check()
  await home.page.reload()
  await home.page.getByTestId('device-check').waitFor()
  await home.check()
  await desk.is(1, 'backstage')
  await desk.call(1)
  await home.speaking.waitFor()

  // Without network nobody is seen, and one is told so.
  const viewer = await phone(scene)
  await pictureMoves(viewer.page)
  await home.page.context().setOffline(true)
  await home.page.locator('[data-testid="floor-speaking"][data-connected="false"]').waitFor()
  await home.page.context().setOffline(false)
  await home.page.locator('[data-testid="floor-speaking"][data-connected="true"]').waitFor()
  await pictureMoves(viewer.page)

  await home.finish()
  await home.ended('spoke').waitFor()
  await until(async () => (await home.devices()) === 0, 'camera and microphone to be let go')
})

test('the end of the session takes the floor back, and the camera is let go', { timeout: 180_000 }, async () => {
  const scene = await openScene(browser, server, 'live', { kind: 'symposium' })
  await openFloor(scene)
  const desk = await scene.desk()
  const floor = floorDesk(desk.page)
  await floor.open()
  const home = await phone(scene)
  await home.raise({ name: '王阿姨' })
  await floor.call(1)
  await home.accept()
  await home.check()
  await floor.call(1)
  await home.speaking.waitFor()
  await until(async () => (await home.devices()) > 0, 'camera and microphone')
  await desk.press('end')
  await home.page.getByTestId('after-end').waitFor()
  await until(async () => (await home.devices()) === 0, 'camera and microphone to be let go')
  expect(home.troubles).toEqual([])
})

test('who has the page open twice speaks from one of them, and may change over', { timeout: 180_000 }, async () => {
  const scene = await openScene(browser, server, 'live', { kind: 'symposium' })
  await openFloor(scene)
  const desk = floorDesk((await scene.desk()).page)
  await desk.open()
  const first = await phone(scene)
  await first.raise({ name: '王阿姨' })
  const other = await first.page.context().newPage()
  await other.addInitScript(recordDevices)
  await other.goto(server.url + scene.path)
  const second = floorPage(other)
  await second.is('waiting')

  await desk.call(1)
  await first.accept()
  await first.check()
  await second.page.getByTestId('floor-elsewhere').waitFor()
  expect(await second.devices()).toBe(0)
  await desk.call(1)
  await first.speaking.waitFor()
  await pictureMoves((await phone(scene)).page)

  await second.page.getByTestId('floor-take').click()
  await second.speaking.waitFor()
  await first.page.getByTestId('floor-elsewhere').waitFor()
  await until(async () => (await first.devices()) === 0 && (await second.devices()) > 0, 'the camera to be let go there and opened here')
  await second.finish()
  await first.ended('spoke').waitFor()
  await until(async () => (await second.devices()) === 0, 'camera and microphone to be let go')
})
