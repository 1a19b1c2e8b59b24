import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AgendaItem } from '../../shared/agenda.ts'
import type { AttendanceList } from '../../shared/attendance.ts'
import type { DeskHand } from '../../shared/floor.ts'
import { openBrowser, visitor } from '../support/browser.ts'
import { client } from '../support/client.ts'
import { guest, openSession, questionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { barriers } from './axe.ts'
import { SCREENS, unreadable } from './pages/screen.ts'
import { openScene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

const HALL = SCREENS[0]

async function screenOf({ sessionId }: { sessionId: string }, query = '', viewport: { width: number; height: number } = HALL, url = server.url) {
  const { page, troubles } = await visitor(browser, url, { viewport })
  await page.goto(`${url}/s/${sessionId}/screen${query}`)
  return { page, troubles, scene: (kind: string) => page.locator(`[data-testid="screen-room"][data-scene="${kind}"]`).waitFor() }
}

const item = (title: string, over: Partial<AgendaItem> = {}): AgendaItem => ({ id: randomUUID(), kind: 'other', title, minutes: 15, speakers: [], questionIds: [], ...over })
const setAgenda = async ({ host, sessionId }: OpenedSession, items: AgendaItem[], go = true) => {
  const { agenda } = await host.request('agenda:save', { sessionId, expectedVersion: 0, items })
  if (go) await host.request('agenda:act', { sessionId, expectedVersion: agenda.version, action: 'go', itemId: items[0]!.id })
}
const openFloor = ({ host, sessionId }: OpenedSession) => host.request('floor:set', { sessionId, expectedVersion: 0, open: true, seconds: 120, tables: [] })
const raiseFor = async ({ host, sessionId }: OpenedSession, name: string): Promise<DeskHand> =>
  (await host.request('hand:raise_for', { sessionId, id: randomUUID(), attendeeId: null, name, seat: '', about: '', topicId: null, tableId: null })).hand

/** A question of a resident's, approved; `air`: and on air. */
async function putQuestion({ host, sessionId }: OpenedSession, text: string, air = false) {
  const resident = await client(server.url)
  const { question } = await resident.request('question:submit', questionInput(sessionId, text))
  const approved = await host.request('question:act', { sessionId, questionId: question.id, action: 'approve', expectedVersion: question.version })
  if (air) await host.request('question:act', { sessionId, questionId: question.id, action: 'air', expectedVersion: approved.version, replacing: null, seconds: 180 })
  return { ...question, version: approved.version }
}

test('the desk opens it, and what is done there is seen in the hall', async () => {
  const scene = await openScene(browser, server, 'live', { kind: 'symposium', title: '面对面：查违拆违恳谈会' })
  const { host, sessionId } = scene
  const { settings } = await host.person.send<AttendanceList>('PUT', `/api/sessions/${sessionId}/attendance`, { expectedVersion: 0, venue: '会议中心', seats: 0, quotas: [], applyUntil: null })
  await setAgenda(scene, [item('县领导通报情况', { speakers: [{ guestId: null, name: '周建国' }] }), item('自由发言')])

  const desk = await scene.desk()
  await desk.page.getByTestId('desk-menu').click()
  const [page] = await Promise.all([desk.page.context().waitForEvent('page'), desk.page.getByTestId('menu-screen').click()])
  await page.setViewportSize(HALL)
  const shows = (kind: string) => page.locator(`[data-testid="screen-room"][data-scene="${kind}"]`).waitFor()
  await shows('part')
  await page.getByTestId('scene-part').getByText('县领导通报情况').waitFor()
  await page.getByTestId('scene-part').getByText('周建国').waitFor()
  await page.getByTestId('screen-agenda').getByText('自由发言').waitFor()
  // Phones that scan it are known to be in the hall; the digits are for those that cannot.
  expect(await page.getByTestId('screen-scan').getAttribute('data-address')).toBe(`${server.url}${scene.path}?hall=${settings.hallCode}`)
  expect((await page.getByTestId('screen-hall-code').innerText()).replace(' ', '')).toBe(settings.hallCode)
  const renewed = await host.person.send<AttendanceList>('POST', `/api/sessions/${sessionId}/attendance/hall-code`, {})
  await page.locator(`[data-testid="screen-scan"][data-address="${server.url}${scene.path}?hall=${renewed.settings.hallCode}"]`).waitFor()
  expect(await page.locator('header nav, [data-testid="site-name"]').count()).toBe(0)

  // Votes move the list.
  const [first, second] = [await putQuestion(scene, '停车难怎么解决？'), await putQuestion(scene, '菜场油烟谁来管？')]
  await page.getByTestId('next-question').nth(1).waitFor()
  const voter = await client(server.url)
  await voter.request('question:vote', { sessionId, questionId: second.id, up: true })
  await until(async () => (await page.getByTestId('next-question').first().getAttribute('data-question')) === second.id, 'the question with a vote to lead')

  await host.request('question:act', { sessionId, questionId: first.id, action: 'air', expectedVersion: first.version, replacing: null, seconds: 60 })
  await shows('question')
  await page.getByTestId('scene-question').getByRole('heading', { name: '停车难怎么解决？' }).waitFor()
  await page.getByTestId('screen-timer').waitFor()

  // The floor: the queue beside the scene, the speaker in it.
  await openFloor(scene)
  const hands = [await raiseFor(scene, '沈丽华'), await raiseFor(scene, '王小明')]
  await page.getByTestId('next-hand').nth(1).waitFor()
  await page.getByTestId('hands-waiting').getByText('2').waitFor()
  await host.request('hand:act', { sessionId, handId: hands[0]!.id, expectedVersion: hands[0]!.version, action: 'start', seconds: 15, reason: '' })
  await shows('speakers')
  await page.getByTestId('scene-speaker').getByRole('heading', { name: '沈丽华' }).waitFor()
  await until(async () => (await page.getByTestId('next-hand').count()) === 1, 'the speaker to have left the queue')
  await page.getByTestId('screen-timer').getByText('超时').waitFor()

  // A promise, for a moment.
  await host.request('spot:save', { sessionId, id: randomUUID(), expectedVersion: null, kind: 'promise', questionId: null, handId: null, guestId: null, who: '周建国', departmentId: null, text: '月底前装好路灯。', dueOn: '2026-12-31' })
  await page.getByTestId('screen-spot').getByText('月底前装好路灯。').waitFor()
  await page.getByTestId('screen-spot').waitFor({ state: 'detached' })

  const { poll } = await host.request('poll:save', { sessionId, id: randomUUID(), expectedVersion: null, kind: 'single', title: '先办哪一件？', options: [{ id: randomUUID(), text: '停车' }, { id: randomUUID(), text: '油烟' }], maxChoices: 1, showResults: 'live' })
  await host.request('poll:act', { sessionId, pollId: poll.id, expectedVersion: poll.version, action: 'open' })
  await page.getByTestId('screen-poll').getByText('先办哪一件？').waitFor()
  await voter.request('poll:answer', { sessionId, pollId: poll.id, choices: [poll.options[1]!.id] })
  await page.getByTestId('screen-poll-line').nth(1).getByText('100%').waitFor()
})

test('an interview goes from its announcement to its figures', async () => {
  const opened = await openSession(server, 'announced', { startsAt: new Date(Date.now() + 3_600_000).toISOString() })
  const { page, troubles, scene } = await screenOf(opened)
  const { host, sessionId } = opened
  await scene('before')
  await page.getByTestId('screen-countdown').waitFor()
  expect(await page.getByTestId('screen-scan').getAttribute('data-address')).toBe(`${server.url}/s/${sessionId}`)
  expect(await page.getByTestId('screen-hall-code').count()).toBe(0)
  let version = opened.session.version
  const step = async (action: 'open_backstage' | 'start' | 'pause' | 'resume' | 'end') => {
    version = (await host.request('session:phase', { sessionId, action, expectedVersion: version })).session.version
  }
  await step('open_backstage')
  await page.getByText('正在准备，马上开始').waitFor()
  await step('start')
  await scene('welcome')
  await step('pause')
  await page.getByTestId('screen-notice').getByText('暂停').waitFor()
  await step('resume')
  await scene('welcome')
  await step('end')
  await scene('over')
  await page.locator('[data-figure="asked"]').waitFor()
  expect(troubles).toEqual([])
})

test('it lives through a server that is killed, and asks again for a session that is not there', async () => {
  const own = await startServer()
  const opened = await openSession(own, 'live', { kind: 'symposium' })
  const { page, scene } = await screenOf(opened, '', HALL, own.url)
  await scene('welcome')
  await own.kill()
  await page.getByTestId('screen-unreached').waitFor()
  // The last truth stays meanwhile.
  expect(await page.locator('[data-scene="welcome"]').count()).toBe(1)
  await own.restart()
  await page.getByTestId('screen-unreached').waitFor({ state: 'detached' })
  const host = await client(own.url, { person: opened.host.person })
  await host.request('session:phase', { sessionId: opened.sessionId, action: 'pause', expectedVersion: opened.session.version })
  await scene('paused')

  const lost = await visitor(browser, own.url, { viewport: HALL })
  await lost.page.goto(`${own.url}/s/nosuch0000/screen`)
  await lost.page.getByTestId('screen-notice').getByText('没有找到这一场').waitFor()
})

describe.each(SCREENS)('at $width x $height', (viewport) => {
  const words = (length: number) => '老旧小区加装电梯的事情已经说了很多年，群众非常关心，盼着早日有个明确的说法。'.repeat(20).slice(0, length)
  const people = Array.from({ length: 12 }, (_, index) => ({ ...guest(`嘉宾名字甲乙丙丁${index}`), post: words(40) }))

  test('the longest texts are whole, and large enough', async () => {
    const over = { kind: 'symposium' as const, title: words(80), topic: words(120), guests: people }
    const announced = await openSession(server, 'announced', { ...over, startsAt: new Date(Date.now() + 90_000_000).toISOString() })
    await announced.host.person.send('PUT', `/api/sessions/${announced.sessionId}/attendance`, { expectedVersion: 0, venue: words(60), seats: 0, quotas: [], applyUntil: null })
    const items = Array.from({ length: 12 }, (_, index) => item(words(60), { speakers: people.slice(0, 4).map(({ name }) => ({ guestId: null, name: `${name}${index}` })) }))
    await setAgenda(announced, items, false)
    const before = await screenOf(announced, '?hall=123456', viewport)
    await before.scene('before')
    await before.page.getByTestId('screen-plan').waitFor()
    await until(async () => (await unreadable(before.page)).length === 0, 'the announcement to be readable').catch(async () => expect(await unreadable(before.page)).toEqual([]))

    const opened = await openSession(server, 'live', over)
    await setAgenda(opened, items)
    const { page, scene } = await screenOf(opened, '?hall=123456', viewport)
    const readable = async (kind: string) => {
      await scene(kind)
      await until(async () => (await unreadable(page)).length === 0, `${kind} to be readable`, 3_000).catch(async () => expect(await unreadable(page), kind).toEqual([]))
    }
    await readable('part')
    for (const length of [10, 60, 130, 250, 500]) {
      const question = await putQuestion(opened, words(length), true)
      await page.locator(`[data-question="${question.id}"][data-testid="scene-question"]`).waitFor()
      await readable('question')
      await opened.host.request('question:act', { sessionId: opened.sessionId, questionId: question.id, action: 'answer', expectedVersion: question.version + 1 })
    }
    await openFloor(opened)
    const hands: DeskHand[] = []
    for (const number of [1, 2, 3, 4]) hands.push(await raiseFor(opened, `${words(19)}${number}`))
    await page.getByTestId('next-hand').first().waitFor()
    await readable('part')
    await opened.host.request('hand:act', { sessionId: opened.sessionId, handId: hands[0]!.id, expectedVersion: hands[0]!.version, action: 'start', seconds: 60, reason: '' })
    await readable('speakers')
  })
})

test.each(['zh-CN', 'en'])('nothing keeps people out of it, in %s', async (lang) => {
  const opened = await openSession(server, 'live', { kind: 'symposium' })
  await setAgenda(opened, [item('县领导通报情况')])
  await putQuestion(opened, '停车难怎么解决？')
  const { page, scene } = await screenOf(opened, `?hall=123456&lang=${lang}`)
  await scene('part')
  await page.getByTestId('next-question').waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe(lang)
  expect(await barriers(page)).toEqual([])
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
  await page.keyboard.press('f')
  await until(() => page.evaluate(() => document.fullscreenElement !== null), 'full screen')
  await putQuestion(opened, '菜场油烟谁来管？', true)
  await scene('question')
  expect(await barriers(page)).toEqual([])
})
