import { beforeAll, expect, test } from 'vitest'
import { checkInText } from '../../shared/attendance.ts'
import { openBrowser, visitor } from '../support/browser.ts'
import { cameraShowing } from '../support/camera.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { barriers, barriersInBoth } from './axe.ts'
import { comeIn } from './comeIn.ts'
import { openHallScene } from './hallScene.ts'
import { hallPage } from './pages/hall.ts'

const TABLET = { width: 1024, height: 768 }

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

test('people are let in without a network, over a reload, and the server has each once when it is back', { timeout: 240_000 }, async () => {
  const scene = await openHallScene(server, ['王芳', '李明', '赵强'])
  const { code } = await scene.comes('王芳')
  await scene.comes('李明')
  await scene.comes('赵强')
  const browser = await openBrowser({ camera: await cameraShowing(checkInText(scene.sessionId, code ?? '')) })
  const [first, second] = [await visitor(browser, server.url, { viewport: TABLET }), await visitor(browser, server.url, { viewport: TABLET })]
  const [door, other] = [hallPage(first.page), hallPage(second.page)]
  await comeIn(door.page, scene.helperLink)
  await door.kept()
  await door.figure('missing', 3)
  expect(await barriersInBoth(door.page)).toEqual([])
  expect(first.troubles).toEqual([])

  await door.page.context().setOffline(true)
  await door.page.getByTestId('scanner-start').click()
  await door.result('come_in').getByText('王芳').waitFor()
  await door.tap('李明')
  await door.page.getByTestId('door-search').fill('')
  await door.page.getByTestId('walk-in-open').click()
  await door.page.getByTestId('walk-in-name').fill('老周')
  await door.page.getByTestId('dialog-submit').click()
  await door.result('come_in').getByText('老周').waitFor()
  await door.figure('here', 3)

  await door.page.reload()
  await door.unsent.getByText('3').waitFor()
  await door.figure('here', 3)
  expect((await scene.list()).figures.checkedIn).toBe(0)
  await door.page.getByTestId('scanner-start').click()
  await door.result('already').getByText('王芳').waitFor()
  expect(await barriers(door.page)).toEqual([])

  // Another door has a line, and lets in one of the same.
  await comeIn(other.page, scene.helperLink)
  await other.figure('missing', 3)
  await other.tap('赵强')
  await other.tap('李明')
  await until(async () => (await scene.list()).figures.checkedIn === 2, 'the other door to be heard')

  await door.page.context().setOffline(false)
  await door.apart.waitFor({ state: 'detached' })
  await door.figure('here', 4)
  await until(async () => (await scene.list()).figures.checkedIn === 4, 'the first door to be heard')
  const { attendees } = await scene.list()
  expect(attendees.map(({ name }) => name).sort()).toEqual(['李明', '王芳', '老周', '赵强'].sort())
  await other.figure('here', 4)
  // Who was there first stays: the door without a line came first in time.
  const { checkedInAt } = await scene.named('李明')
  await (await other.find('李明')).getByTestId('door-undo').waitFor()
  expect(checkedInAt).not.toBeNull()

  await (await other.find('赵强')).getByTestId('door-undo').click()
  await until(async () => (await scene.named('赵强')).checkedInAt === null, 'the check-in to be undone')
  await door.figure('missing', 1)
})

test('a device that worked without a line is told of whom another door had let in before, and clears itself', { timeout: 180_000 }, async () => {
  const scene = await openHallScene(server, ['王芳'])
  await scene.comes('王芳')
  const browser = await openBrowser()
  const [first, second] = [await visitor(browser, server.url), await visitor(browser, server.url)]
  const [door, other] = [hallPage(first.page), hallPage(second.page)]
  await comeIn(door.page, scene.helperLink)
  await door.kept()
  await door.figure('missing', 1)
  await door.page.context().setOffline(true)
  await comeIn(other.page, scene.helperLink)
  await other.tap('王芳')
  await until(async () => (await scene.list()).figures.checkedIn === 1, 'the check-in')
  await door.tap('王芳')
  await door.page.context().setOffline(false)
  await door.page.getByTestId('door-conflict').getByText('王芳').waitFor()
  expect((await scene.list()).figures.checkedIn).toBe(1)

  await door.page.getByTestId('hall-clear').click()
  await door.page.getByRole('dialog').getByRole('button', { name: '清除' }).click()
  await door.page.getByTestId('hall-reload').waitFor()
  expect(await door.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('fangtan.door')))).toEqual([])
})

test('a hand is raised for somebody in the hall, and taken down when nobody is there', { timeout: 180_000 }, async () => {
  const scene = await openHallScene(server, ['王芳'], 'live')
  await scene.comes('王芳')
  await scene.host.request('floor:set', { sessionId: scene.sessionId, expectedVersion: 0, open: true, seconds: 120, tables: [] })
  const { page, troubles } = await visitor(await openBrowser(), server.url, { viewport: TABLET })
  await comeIn(page, scene.helperLink)
  await page.getByTestId('hall-hands').click()
  await page.getByTestId('raise-who').fill('王')
  await page.getByTestId('raise-choose').click()
  await page.getByTestId('raise-about').fill('停车难')
  await page.getByTestId('raise-submit').click()
  await page.getByTestId('hall-queue').getByText('王芳').waitFor()
  expect(await barriersInBoth(page)).toEqual([])
  await page.getByTestId('raise-who').fill('后排的老先生')
  await page.getByTestId('raise-submit').click()
  await page.getByTestId('hall-queue').getByText('后排的老先生').waitFor()
  await page.getByTestId('hall-queue').getByRole('listitem').filter({ hasText: '王芳' }).getByTestId('hand-absent').click()
  await page.getByTestId('hall-queue').getByText('王芳').waitFor({ state: 'detached' })
  expect(troubles).toEqual([])
})
