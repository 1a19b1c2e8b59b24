import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { AgendaItem } from '../../shared/agenda.ts'
import type { AttendanceList } from '../../shared/attendance.ts'
import type { SessionView } from '../../shared/sessions.ts'
import { barriers } from '../support/barriers.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { pictureMoves } from '../support/browserMedia.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { comeIn } from './comeIn.ts'
import { floorDesk, floorPage, recordDevices, sameOrder } from './pages/floor.ts'
import { ledgerPage } from './pages/ledger.ts'
import { spotsPage } from './pages/spots.ts'
import { watchPage } from './pages/watch.ts'
import { openScene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
})

const part = (kind: AgendaItem['kind'], title: string, minutes: number): AgendaItem => ({ id: randomUUID(), kind, title, minutes, speakers: [], questionIds: [] })

async function phoneOf() {
  const { page, troubles } = await visitor(browser, server.url, { viewport: PHONE, hasTouch: true })
  await page.addInitScript(recordDevices)
  return { ...floorPage(page), watch: watchPage(page), troubles }
}

test('a whole symposium: host, department head, a representative in the hall and a resident at home', { timeout: 420_000 }, async () => {
  const scene = await openScene(browser, server, 'announced', { kind: 'symposium', title: '城市更新与出行网民座谈会' })
  const { host, sessionId } = scene
  const at = `/api/sessions/${sessionId}`

  // Before: a forum, its representative, the agenda.
  const forum = { id: randomUUID(), name: '古城论坛', code: 'gucheng', origins: [], contact: '', members: 60_000 }
  await host.person.send('POST', '/api/admin/forums', forum)
  await host.person.send('PUT', `${at}/attendance`, { expectedVersion: 0, venue: '县政务中心一楼', seats: 200, quotas: [{ forumId: forum.id, seats: 5 }], applyUntil: null })
  const list = await host.person.send<AttendanceList>('POST', `${at}/attendees`, { attendees: [{ id: randomUUID(), name: '李师傅', forumId: forum.id, phone: null }] })
  const items = [part('briefing', '县长通报情况', 15), part('open_floor', '自由发言', 30), part('closing', '总结', 5)]
  await host.request('agenda:save', { sessionId, expectedVersion: 0, items })

  // The representative says yes on their phone, and is let in at the door.
  const hall = await phoneOf()
  await comeIn(hall.page, list.attendees[0]!.url!)
  await hall.page.getByTestId('reply-yes').click()
  await hall.page.getByTestId('ticket-code').waitFor()
  const door = await visitor(browser, server.url, { viewport: PHONE, hasTouch: true })
  await comeIn(door.page, scene.link('host'))
  await door.page.goto(`${server.url}/s/${sessionId}/hall`)
  await door.page.getByTestId('door-search').fill('李师傅')
  await door.page.getByTestId('door-check-in').first().click()
  await hall.page.getByTestId('checked-in').waitFor()
  await door.page.context().close()

  // The host begins; the department head comes on stage.
  const hosting = await scene.desk()
  const desk = floorDesk(hosting.page)
  await hosting.press('open_backstage')
  const official = await scene.stage()
  await official.enter()
  await hosting.seat(scene.guestId).getByTestId('admit').click()
  await hosting.press('start')
  await official.is('on_air')
  const home = await phoneOf()
  await home.page.goto(server.url + scene.path)
  await hall.page.goto(server.url + scene.path)
  await pictureMoves(home.page)

  // The run of show moves on; the open floor opens with its part, for everybody at the same moment.
  await hosting.page.getByTestId('agenda-next').click()
  for (const { page } of [home, hall]) await page.getByTestId('agenda-panel').getByText('县长通报情况').first().waitFor()
  await hosting.page.getByTestId('agenda-next').click()
  await home.page.getByTestId('agenda-panel').getByText('自由发言').first().waitFor()
  await hosting.page.getByTestId('agenda-now').getByText('自由发言').waitFor()

  // Hall and home in one queue, in an order that all see; the representative stands there with their forum.
  await hall.page.getByTestId('in-hall').waitFor()
  await home.raise({ name: '王阿姨', about: '校门口的路灯' })
  await hall.raise({ name: '李师傅', about: '加装电梯的补贴' })
  await desk.open()
  await sameOrder([home, hall, desk], [1, 2])
  await home.floor.getByText('古城论坛').first().waitFor()

  // At home: called, on camera, seen in the hall, by the official and at the desk; then muted, and back.
  await desk.call(1)
  await home.accept()
  await home.check()
  await desk.is(1, 'backstage')
  await desk.call(1)
  await home.speaking.waitFor()
  await hall.tile().getByText('王阿姨').waitFor()
  await pictureMoves(hall.page)
  await official.page.getByText('王阿姨').first().waitFor()
  await desk.mute(1)
  await home.page.locator('[data-testid="floor-speaking"][data-muted]').waitFor()
  await desk.finish(1)
  await home.ended('spoke').waitFor()
  await until(async () => (await home.devices()) === 0, 'camera and microphone to be let go')

  // In the hall: the microphone there, and a promise made on the spot, in two clicks.
  await desk.call(2)
  await hall.speaking.waitFor()
  const records = spotsPage(hosting.page)
  await records.begin(desk.speaker(2), 'promise')
  await records.due(1)
  for (const { page } of [home, hall]) {
    await page.getByTestId('spots-open').click()
    await page.getByTestId('spots').getByText(scene.session.guests[0]!.name).first().waitFor()
  }
  await desk.finish(2)
  await hall.ended('spoke').waitFor()

  // Who has spoken may wait for another turn. Questions go on beside it, and a task is taken for one that is on air.
  await home.raise({ name: '王阿姨' })
  await home.page.getByTestId('ask-open').click()
  const receipt = await home.watch.askForReceipt('公交能不能延长到新区？')
  await hosting.act(1, 'pending', 'approve')
  await hosting.act(1, 'approved', 'air')
  await home.watch.current.getByText('公交能不能延长到新区？').waitFor()
  await records.begin(hosting.card(1, 'asking'), 'task')
  await records.due(1)
  await hosting.act(1, 'asking', 'answer')

  // Closing, and the end: nobody is left in the queue, and everything stands in public.
  await hosting.page.getByTestId('agenda-next').click()
  await home.page.getByTestId('agenda-panel').getByText('总结').first().waitFor()
  await hosting.press('end')
  await hosting.phaseIs('ended')
  await until(async () => (await host.person.get<SessionView>(at)).phase === 'ended', 'the end')
  await home.page.getByTestId('after-end').waitFor()
  const { snapshot } = await host.request('session:join', { sessionId, as: 'desk', since: null })
  expect(snapshot!.hands.map(({ number, state, place, turns }) => ({ number, state, place, turns }))).toEqual([
    { number: 1, state: 'spoke', place: 'home', turns: 0 },
    { number: 2, state: 'spoke', place: 'hall', turns: 0 },
  ])
  expect(snapshot!.spots.map(({ kind, questionId, handId }) => [kind, questionId !== null, handId !== null])).toEqual([
    ['promise', false, true],
    ['task', true, false],
  ])

  await home.page.goto(`${server.url}/q/${receipt}`)
  await home.page.getByTestId('spot').or(home.page.getByTestId('spot-line')).first().waitFor()
  expect(await barriers(home.page)).toEqual([])
  const ledger = ledgerPage(hall.page)
  await ledger.open(server.url, sessionId)
  await ledger.check('holds')
  expect(await barriers(hall.page)).toEqual([])
  expect([...home.troubles, ...hall.troubles]).toEqual([])
})
