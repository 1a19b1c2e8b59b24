import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { openBrowser, visitor } from '../support/browser.ts'
import { client } from '../support/client.ts'
import { questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { deskPage } from './pages/desk.ts'
import { fatePage } from './pages/fate.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

/** A live session with these questions waiting, each from another person, and its host at the desk. */
async function scene(texts: string[], settings = DEFAULT_SETTINGS) {
  const opened = await openScene(browser, server, 'live', { settings })
  const people = []
  for (const [index, text] of texts.entries()) {
    const person = await client(server.url, { address: `10.20.0.${index + 1}` })
    await person.request('question:submit', questionInput(opened.sessionId, text))
    people.push(person)
  }
  const desk = await opened.desk()
  if (texts.length > 0) await desk.sees(texts.length, settings.reviewFirst ? 'pending' : 'approved')
  return { opened, desk, people }
}

async function statesOf({ host, sessionId }: Scene): Promise<Record<number, string>> {
  const { snapshot } = await host.request('session:join', { sessionId, as: 'desk', since: null })
  return Object.fromEntries(snapshot!.desk!.map(({ number, state }) => [number, state]))
}

test('a question is merged into the one most like it, and split off again', async () => {
  const { opened, desk } = await scene(['老旧小区加装电梯怎么申请？', '骑行道什么时候贯通？', '老旧小区加装电梯，怎么申请呢？'])
  await desk.act(3, 'pending', 'merge')
  await desk.dialog.getByRole('radio').first().check()
  await desk.page.getByTestId('dialog-submit').getByText('合并到 #1').waitFor()
  await desk.submit()
  await (await desk.sees(1, 'pending')).getByTestId('chip-merged').getByText('合并了 1 条').waitFor()
  expect(await statesOf(opened)).toMatchObject({ 1: 'pending', 3: 'merged' })

  await desk.page.getByTestId('undo').click()
  await desk.sees(3, 'pending')
  await desk.merge(3, 'pending', 1)
  await (await desk.sees(1, 'pending')).getByTestId('chip-merged').click()
  await desk.details.getByTestId('merged-3').getByTestId('split').click()
  await desk.details.getByTestId('merged').waitFor({ state: 'detached' })
  await desk.page.keyboard.press('Escape')
  await desk.sees(3, 'pending')
})

test('many are done at once, those that others moved are told apart, and all of it is undone', async () => {
  const { opened, desk } = await scene(['一号问题？', '二号问题？', '三号问题？', '四号问题？'])
  await desk.mark([1], 'pending')
  await desk.card(3, 'pending').getByTestId('card-mark').click({ modifiers: ['Shift'] })
  await desk.bulkBar.getByText('已选 3 条').waitFor()
  await desk.bulk('decline')
  await desk.page.getByTestId('pick-no_time').click()
  await desk.page.getByTestId('decline-public').getByText('仍会显示提问文字').waitFor()
  await desk.submit()
  await desk.outcome.getByText('3 条未采用').waitFor()
  expect(await statesOf(opened)).toEqual({ 1: 'declined', 2: 'declined', 3: 'declined', 4: 'pending' })

  await desk.page.getByTestId('undo').click()
  await desk.outcome.getByText('已撤销 3 条').waitFor()
  expect(await statesOf(opened)).toEqual({ 1: 'pending', 2: 'pending', 3: 'pending', 4: 'pending' })
})

test('a host answers in writing, by keyboard gives an answer on air more time, and reads who was not answered', async () => {
  const { desk, people, opened } = await scene(['运矿车夜里的噪声谁来管？', '骑行道什么时候贯通？'], { ...DEFAULT_SETTINGS, answerSeconds: 60 })
  await desk.act(1, 'pending', 'approve')
  await desk.reply(1, 'approved', '已责成联合夜查，22 时至次日 6 时禁行。')
  await (await desk.sees(1, 'answered')).getByTestId('chip-answer').waitFor()
  const watch = await opened.watch()
  await watch.page.getByTestId('order-answered').click()
  await watch.page.getByText('已责成联合夜查').first().waitFor()

  const { snapshot } = await opened.host.request('session:join', { sessionId: opened.sessionId, as: 'desk', since: null })
  const [answered] = snapshot!.desk!
  await people[0]!.request('question:object', { sessionId: opened.sessionId, questionId: answered!.id, reason: '没有说谁来执法' })
  await (await desk.sees(1, 'answered')).getByTestId('chip-objections').click()
  await desk.details.getByText('没有说谁来执法').waitFor()
  await desk.page.keyboard.press('Escape')

  await desk.act(2, 'pending', 'approve')
  await desk.act(2, 'approved', 'air')
  const onAir = await desk.sees(2, 'asking')
  await onAir.focus()
  await desk.page.keyboard.press('+')
  await onAir.getByTestId('answer-timer').getByText(/还剩 01:/).waitFor()
})

test('what holds a question is shown in its text, and the words are the host’s to choose', async () => {
  const { desk, opened } = await scene([])
  await desk.open('words')
  await desk.page.getByTestId('words-text').fill('瓜子生意')
  await desk.page.getByTestId('words-save').click()
  await desk.page.getByText('已保存').waitFor()
  await desk.page.keyboard.press('Escape')

  const asker = await client(server.url)
  for (const text of ['谁家做瓜 子 生意？电话 13812345678', '骑行道什么时候贯通？']) await asker.request('question:submit', questionInput(opened.sessionId, text))
  const held = await desk.sees(1, 'pending')
  expect(await held.getByTestId('sensitive-word').allInnerTexts()).toEqual(['瓜 子 生意'])
  await held.getByText('138****5678').waitFor()
  await held.getByTestId('card-original').click()
  await held.getByText('13812345678').waitFor()

  await desk.sees(2, 'pending')
  await desk.filter('situation', 'held')
  await desk.card(2, 'pending').waitFor({ state: 'detached' })
  await desk.page.getByTestId('without-situation').click()
  await desk.sees(2, 'pending')
})

test('colleagues leave each other notes, and a person whose words must wait is let go again', async () => {
  const { desk, opened, people } = await scene(['某某家的违建为什么不拆？'], { ...DEFAULT_SETTINGS, reviewFirst: false })
  const { page } = await visitor(browser, server.url)
  await page.goto(opened.link('moderator'))
  const colleague = deskPage(page)
  await colleague.act(1, 'approved', 'details')
  await page.getByTestId('note-text').fill('已请自然资源局核实。')
  await page.keyboard.press('Enter')
  await page.getByTestId('note').waitFor()
  await page.keyboard.press('Escape')
  await (await desk.sees(1, 'approved')).getByTestId('chip-notes').click()
  await desk.details.getByTestId('note').getByText('已请自然资源局核实。').waitFor()
  await desk.page.keyboard.press('Escape')

  await colleague.act(1, 'approved', 'person')
  await page.getByTestId('pick-mute').click()
  await page.getByTestId('person-reason').fill('反复点名')
  await page.getByTestId('person-save').click()
  await colleague.outcome.getByText('已设为先审后发').waitFor()
  await people[0]!.request('question:submit', questionInput(opened.sessionId, '还是那一家。'))
  await (await desk.sees(2, 'pending')).getByTestId('chip-held').getByText('先审后发').waitFor()

  await desk.open('people')
  await desk.page.getByTestId('sanction').getByText('反复点名').waitFor()
  await desk.page.getByTestId('lift').click()
  await desk.page.getByText('现在没有受限的人').waitFor()
})

test('a question from the phone gets a receipt to be handed on, and paused questions say who paused them and why', async () => {
  const { desk, opened } = await scene([])
  await desk.open('offline')
  await desk.page.getByTestId('offline-text').fill('社区食堂周末开不开？')
  await desk.page.getByTestId('offline-submit').click()
  const receipt = await desk.page.getByTestId('slip-receipt').innerText()
  await desk.page.getByRole('img', { name: '回执的二维码' }).waitFor()
  await desk.page.keyboard.press('Escape')
  await (await desk.sees(1, 'pending')).getByTestId('chip-channel').getByText('电话').waitFor()
  const fate = fatePage((await visitor(browser, server.url)).page)
  await fate.open(server.url, receipt)
  await fate.page.getByText('社区食堂周末开不开？').waitFor()

  await desk.open('pace')
  await desk.page.getByTestId('pick-paused').click()
  await desk.page.getByTestId('pace-reason').fill('先处理已有的')
  await desk.page.getByTestId('pace-save').click()
  await desk.page.getByTestId('intake-chip').getByText('先处理已有的').waitFor()
  expect(await (await client(server.url)).refused('question:submit', questionInput(opened.sessionId))).toMatchObject({ code: 'intake_paused' })
})

test('votes from one place are flagged, set aside with a public note, and counted again', async () => {
  const { desk, opened } = await scene(['公交车能不能多几班？'])
  await desk.act(1, 'pending', 'approve')
  await desk.sees(1, 'approved')
  const { snapshot } = await opened.host.request('session:join', { sessionId: opened.sessionId, as: 'desk', since: null })
  const [question] = snapshot!.desk!
  const stuffers = await Promise.all(Array.from({ length: 15 }, () => client(server.url, { address: '10.66.0.1' })))
  await Promise.all(stuffers.map((voter) => voter.request('question:vote', { sessionId: opened.sessionId, questionId: question!.id, up: true })))

  await desk.page.getByTestId('flags-chip').click()
  await desk.page.getByTestId('flag-set-aside').click()
  await desk.page.getByTestId('flag').and(desk.page.locator('[data-state="set_aside"]')).waitFor()
  await desk.page.keyboard.press('Escape')
  await until(async () => (await desk.card(1, 'approved').innerText()).includes('0 票'), 'the votes to be set aside')
  await desk.card(1, 'approved').getByTestId('chip-setAside').waitFor()
  await desk.open('flags')
  await desk.page.getByTestId('flag-restore').click()
  await until(async () => (await desk.card(1, 'approved').innerText()).includes('15 票'), 'the votes to count again')
})
