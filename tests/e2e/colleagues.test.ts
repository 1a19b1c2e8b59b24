import { randomUUID } from 'node:crypto'
import type { Browser, Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { PlatformRole, SignInLink } from '../../shared/accounts.ts'
import type { Department } from '../../shared/departments.ts'
import { openBrowser, visitor } from '../support/browser.ts'
import { client } from '../support/client.ts'
import { guest, questionInput } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { addSecondFactor, join } from '../support/staff.ts'
import type { StaffPerson } from '../support/staff.ts'
import { barriers, barriersInBoth } from './axe.ts'
import { comeIn } from './comeIn.ts'
import { deskPage } from './pages/desk.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
})

const account = ({ host }: Scene, name: string, role: PlatformRole): Promise<StaffPerson> => join(server, host.person, { role, name, username: `u${randomUUID().slice(0, 8)}` })
const secured = async (somebody: Promise<StaffPerson>) => addSecondFactor({ now: () => new Date() }, await somebody)

/** A browser in which somebody of the staff is signed in, at the session's desk. */
async function atDesk({ path }: Scene, { person }: StaffPerson): Promise<Page> {
  const { page } = await visitor(browser, server.url)
  await page.context().addCookies(person.cookie.split('; ').map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.slice(pair.indexOf('=') + 1), url: server.url })))
  await page.goto(`${server.url}${path}/desk`)
  return page
}

/** Of the buttons that change something at the desk, those that `page` shows. */
async function buttons(page: Page, ids: readonly string[]): Promise<string[]> {
  const counts = await Promise.all(ids.map((id) => page.getByTestId(id).count()))
  return ids.filter((_, index) => counts[index])
}
const QUEUE = ['act-approve', 'act-decline', 'card-mark', 'phase-pause', 'phase-end', 'own-join', 'poll-new', 'chat-settings', 'chat-person']
const TOOLS = ['offline', 'pace', 'words', 'people', 'links', 'team'].map((tool) => `menu-${tool}`)

/** What a card's menu offers. */
async function cardMenu(page: Page): Promise<(string | null)[]> {
  await page.getByTestId('card-menu').first().click()
  const items = page.getByRole('menuitem')
  await items.first().waitFor()
  const found = await items.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-testid')))
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  return found
}

async function toolsOf(page: Page): Promise<string[]> {
  await page.getByTestId('desk-menu').click()
  await page.getByTestId('menu-help').waitFor()
  const found = await buttons(page, TOOLS)
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  return found
}

test('a supervisor looks on at the desk and may cut off; an administrator does there what a host does, but is not on camera', { timeout: 120_000 }, async () => {
  const scene = await openScene(browser, server, 'live')
  const resident = await client(server.url)
  await resident.request('question:submit', questionInput(scene.sessionId))
  const [supervisor, admin] = await Promise.all([secured(account(scene, '赵督办', 'supervisor')), secured(account(scene, '王主任', 'admin'))])

  const page = await atDesk(scene, admin)
  const desk = deskPage(page)
  await desk.sees(1, 'pending')
  expect(await page.getByTestId('read-only').count()).toBe(0)
  expect(await buttons(page, ['phase-pause', 'own-join'])).toEqual(['phase-pause'])
  expect(await toolsOf(page)).toEqual(TOOLS)
  await desk.act(1, 'pending', 'approve')
  await desk.sees(1, 'approved')
  await page.close()

  const other = await atDesk(scene, supervisor)
  await other.getByTestId('read-only').getByText('只读').waitFor()
  await other.getByTestId('desk-card-1').waitFor()
  expect(await buttons(other, QUEUE)).toEqual([])
  expect(await cardMenu(other)).toEqual(['act-details'])
  expect(await toolsOf(other)).toEqual([])
  expect(await barriersInBoth(other)).toEqual([])
  await deskPage(other).cut()
  expect(await other.getByTestId('cut-resume').count()).toBe(0)
})

test('a director looks on at the queue, decides who is on stage, and may cut off', { timeout: 120_000 }, async () => {
  const scene = await openScene(browser, server, 'live')
  await (await client(server.url)).request('question:submit', questionInput(scene.sessionId))
  const links = await scene.host.person.send<SignInLink[]>('POST', `/api/sessions/${scene.sessionId}/links`, { id: randomUUID(), role: 'director', name: '陈导' })
  const { page } = await visitor(browser, server.url)
  await comeIn(page, links.find(({ role }) => role === 'director')!.url)
  expect(new URL(page.url()).pathname).toBe(`${scene.path}/desk`)
  const desk = deskPage(page)
  await page.getByTestId('read-only').waitFor()
  await desk.sees(1, 'pending')
  expect(await buttons(page, QUEUE)).toEqual([])
  expect(await cardMenu(page)).toEqual(['act-details'])
  expect(await toolsOf(page)).toEqual([])

  const stage = await scene.stage()
  await stage.enter()
  const admit = desk.seat(scene.guestId).getByTestId('admit')
  await admit.click()
  await stage.is('on_air')
  expect(await barriersInBoth(page)).toEqual([])
  await desk.cut()
  await stage.is('interrupted')
  expect(await page.getByTestId('cut-resume').count()).toBe(0)
})

test('a colleague put on the team works at the desk, and is out as soon as they are taken off it', { timeout: 120_000 }, async () => {
  const scene = await openScene(browser, server, 'live')
  const somebody = await account(scene, '何晓', 'staff')
  const desk = await scene.desk()
  await desk.open('team')
  const dialog = desk.page.getByTestId('team-dialog')
  await dialog.getByTestId('team-who').click()
  await desk.page.getByRole('option', { name: /^何晓/ }).click()
  await dialog.getByTestId('team-submit').click()
  const member = dialog.getByRole('listitem').filter({ hasText: '何晓' })
  await member.getByText('审核员').waitFor()
  expect(await barriers(desk.page)).toEqual([])

  const page = await atDesk(scene, somebody)
  await page.getByTestId('desk').waitFor()
  expect(await page.getByTestId('read-only').count()).toBe(0)
  await member.getByTestId('team-remove').click()
  await desk.agree('移出')
  const before = performance.now()
  await page.getByTestId('desk-trouble').waitFor()
  expect(performance.now() - before).toBeLessThan(3_000)
  await member.waitFor({ state: 'detached' })
})

test('whoever speaks for a department carries its mark: guests, answers, the chat, the plate in the picture', { timeout: 120_000 }, async () => {
  const operator = await createPerson(server.url, { link: server.links.host })
  const { id: departmentId } = await operator.send<Department>('POST', '/api/admin/departments', { id: randomUUID(), name: '水利局', code: 'SL', duty: '', leader: '', verified: true })
  const scene = await openScene(browser, server, 'live', { guests: [{ ...guest('郑海波'), department: '水利局', departmentId, spokesperson: true }] })
  const { host, sessionId } = scene
  const officer = await join(server, operator, { role: 'officer', name: '沈雅琴', username: `u${randomUUID().slice(0, 8)}`, departmentId })
  const { question } = await (await client(server.url)).request('question:submit', questionInput(sessionId, '河堤什么时候加固？'))
  const act = (expectedVersion: number, rest: { action: 'approve' } | { action: 'reply'; text: string; guestId: string }) => host.request('question:act', { sessionId, questionId: question.id, expectedVersion, ...rest })
  await act(1, { action: 'approve' })
  await act(2, { action: 'reply', text: '汛期之前完成。', guestId: scene.guestId })
  await (await client(server.url, { person: officer.person })).request('chat:send', { sessionId, id: randomUUID(), text: '河道科在看大家的留言', name: null })

  const [viewer, stage] = [await scene.watch(), await scene.stage()]
  await stage.enter()
  await host.request('stage:admit', { sessionId, seatId: scene.guestId, onAir: true })
  await stage.is('on_air')
  const marks = (within: Locator) => Promise.all([within.getByTestId('verified').first().waitFor(), within.getByTestId('spokesperson').first().waitFor()])
  await marks(viewer.page.getByRole('region', { name: '嘉宾' }).first())
  await marks(viewer.page.getByTestId('stage-tile-camera'))
  await viewer.answered()
  await marks(viewer.page.getByTestId('question-answer'))
  await viewer.page.getByTestId('tab-chat').click()
  const line = viewer.message('河道科在看大家的留言')
  await line.getByText('沈雅琴').waitFor()
  await line.getByTestId('verified').waitFor()
  expect(await line.getByTestId('spokesperson').count()).toBe(0)
  expect(await barriersInBoth(viewer.page)).toEqual([])
})
