/// <reference lib="dom" />
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { LIMITS } from '../../shared/limits.ts'
import type { DeskQuestion } from '../../shared/questions.ts'
import { watchFrames } from './client/frames.ts'
import { launchChromium } from './support/chromium.ts'
import { openInterview } from './support/interview.ts'
import { createBenchPerson } from './support/people.ts'
import type { BenchPerson } from './support/people.ts'
import { median, report, round, say } from './support/report.ts'

/**
 * Whether the desk stays workable: frames a second at a real Chromium while two hundred questions a minute and a vote every twentieth of a second come in, with a thousand
 * questions there already and a host who goes through the queue by keyboard; against the same page with nothing coming in. Both take turns on the same machine.
 */
const STANDING = 1_000
const APPROVED = 400
const PER_MINUTE = 200
const VOTES_PER_SECOND = 20
const SECONDS = 12
const ROUNDS = 3
const CROWD = 220
const KEY_EVERY = 400
const LONG_FRAME = 50
const PATIENCE = 90_000

const TEXTS = ['违建拆了多少处，后面的空地怎么用？', '骑行道什么时候贯通老街那一段？', '石矿的山体什么时候修复，有没有时间表？', '运矿车夜里的噪声谁来管？', '老旧小区加装电梯怎么申请，一楼不同意怎么办？']

const interview = await openInterview()
const { origin, sessionId } = interview

async function gatherPeople(): Promise<BenchPerson[]> {
  const people: BenchPerson[] = []
  while (people.length < CROWD) {
    people.push(...(await Promise.all(Array.from({ length: 20 }, (_, index) => createBenchPerson(origin, `10.3.${Math.floor(people.length / 20)}.${index + 1}`)))))
  }
  return people
}

let asked = 0
/** The next of the crowd asks, none of them more often than a person may. */
async function ask(people: BenchPerson[]): Promise<void> {
  const number = asked++
  const person = people[number % people.length]
  const text = `${TEXTS[number % TEXTS.length] ?? ''}（第${number}次来问）`
  await person?.request('question:submit', { sessionId, id: randomUUID(), text, name: null, topicId: null, pictureId: null, follows: null })
}

async function deskOf(host: BenchPerson): Promise<DeskQuestion[]> {
  const { snapshot } = await host.request('session:join', { sessionId, as: 'desk', since: null })
  return snapshot?.desk ?? []
}

/** A thousand questions, some of them approved. @returns ids of these */
async function fill(people: BenchPerson[], host: BenchPerson): Promise<string[]> {
  while (asked < STANDING) await Promise.all(Array.from({ length: people.length / 2 }, () => ask(people)))
  const pending = (await deskOf(host)).filter(({ state }) => state === 'pending')
  const chosen = pending.slice(0, APPROVED)
  for (let from = 0; from < chosen.length; from += LIMITS.bulkQuestions) {
    const targets = chosen.slice(from, from + LIMITS.bulkQuestions).map(({ id, version }) => ({ questionId: id, expectedVersion: version }))
    await host.request('question:bulk', { sessionId, targets, act: { action: 'approve' } })
  }
  return chosen.map(({ id }) => id)
}

/** Questions and votes until the returned end. */
function pour(people: BenchPerson[], approved: readonly string[]): () => Promise<void> {
  const running = new Set<Promise<unknown>>()
  const send = (work: Promise<unknown>) => {
    const settled = work.catch((error: unknown) => say(`    ${String(error)}`)).finally(() => running.delete(settled))
    running.add(settled)
  }
  const vote = () => {
    const person = people[Math.floor(Math.random() * people.length)]
    const questionId = approved[Math.floor(Math.random() ** 2 * approved.length)]
    if (person && questionId) send(person.request('question:vote', { sessionId, questionId, up: Math.random() > 0.1 }))
  }
  const timers = [setInterval(() => send(ask(people)), 60_000 / PER_MINUTE), setInterval(vote, 1_000 / VOTES_PER_SECOND)]
  return async () => {
    timers.forEach(clearInterval)
    await Promise.all(running)
  }
}

type Measure = { perSecond: number; long: number; key: number }

/** Frames a second, long frames a minute, and the slowest but one in twenty of the keys, over one stretch of going through the queue. */
async function measure(page: Page): Promise<Measure> {
  await page.evaluate(() => takeStretch())
  const ends = performance.now() + SECONDS * 1_000
  for (let press = 0; performance.now() < ends; press++) {
    await page.keyboard.press(press % 24 < 12 ? 'j' : 'k')
    await sleep(KEY_EVERY)
  }
  const { frames, keys } = await page.evaluate(() => takeStretch())
  const spent = frames.reduce((sum, frame) => sum + frame, 0) / 1_000
  const sorted = keys.toSorted((a, b) => a - b)
  return { perSecond: frames.length / spent, long: (frames.filter((frame) => frame > LONG_FRAME).length / spent) * 60, key: sorted[Math.floor(sorted.length * 0.95)] ?? 16 }
}

const browser = await launchChromium()
try {
  const [people, host] = await Promise.all([gatherPeople(), createBenchPerson(origin, '10.3.99.1', interview.hostUrl)])
  const approved = await fill(people, host)
  const page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } })
  await page.goto(interview.hostUrl)
  await page.goto(`${origin}/s/${sessionId}/desk`)
  await page.getByTestId('desk').waitFor({ timeout: PATIENCE })
  await page.evaluate(watchFrames)
  // The limits count within a minute: what filled the session must not stand in the way.
  await sleep(60_000)
  asked = 0
  const idle: Measure[] = []
  const busy: Measure[] = []
  for (let turn = 0; turn < ROUNDS; turn++) {
    idle.push(await measure(page))
    const stop = pour(people, approved)
    busy.push(await measure(page))
    await stop()
    say(`  ${round(busy.at(-1)?.perSecond ?? 0, 1)} frames a second, ${round(busy.at(-1)?.long ?? 0, 1)} long ones a minute, keys ${busy.at(-1)?.key} ms; idle ${round(idle.at(-1)?.perSecond ?? 0, 1)}, ${round(idle.at(-1)?.long ?? 0, 1)}, ${idle.at(-1)?.key} ms`)
  }
  const of = (measures: readonly Measure[], what: keyof Measure) => median(measures.map((each) => each[what]))
  report({
    bench: 'desk',
    ratio: round(of(busy, 'perSecond') / of(idle, 'perSecond')),
    against: 'frames a second of the same desk with nothing coming in',
    framesPerSecond: round(of(busy, 'perSecond'), 1),
    idleFramesPerSecond: round(of(idle, 'perSecond'), 1),
    longFramesPerMinute: round(of(busy, 'long'), 1),
    idleLongFramesPerMinute: round(of(idle, 'long'), 1),
    keyMs: of(busy, 'key'),
    idleKeyMs: of(idle, 'key'),
    questionsPerMinute: PER_MINUTE,
    questions: (await deskOf(host)).length,
  })
  for (const person of [...people, host]) person.close()
} finally {
  await browser.close()
  await interview.stop()
}
