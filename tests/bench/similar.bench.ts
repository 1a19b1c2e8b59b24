import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../server/db/database.ts'
import type { Database } from '../../server/db/database.ts'
import { plot } from './support/plot.ts'
import { median, report, round, say } from './support/report.ts'
import { atHome, openLive } from './support/vote.ts'

/**
 * How long the search for similar questions takes as a session grows: through the real service (rights, rate limits, the log's head, the index, the rows as they
 * stand), with whatever a resident would be typing. And how long the first search waits, which reads all texts.
 */
const SIZES = [100, 300, 1_000, 3_000, 5_000, 10_000, 20_000]
const SEARCHES = 300
const ROWS_PER_STATEMENT = 200

const PLACES = ['城东', '城西', '城北新区', '南街', '开发区', '李家湾村', '王庄', '沙河镇', '云台乡', '人民路', '中医院门口', '阳光小区', '锦绣花园', '老汽车站', '第二小学', '化工园区', '沙河大桥', '环城路', '农贸市场', '文化广场']
const THINGS = ['路灯', '下水道', '公交车', '停车位', '自来水', '暖气', '电梯', '垃圾桶', '幼儿园', '健身器材', '违章建筑', '广场舞音响', '灌溉渠', '宽带', '红绿灯', '公厕', '养老床位', '疫苗', '物业费', '补贴', '宅基地手续', '身份证', '骑行道', '石矿爆破', '图书馆', '绿化带', '燃气管道', '快递站', '充电桩', '菜摊']
const MATTERS = ['坏了大半年没人修', '什么时候能装好', '收费标准是多少', '怎么申请', '到底归哪个部门管', '半夜吵得睡不着', '排队要等多久', '能不能再增加几个', '今年还有没有安排', '听说要取消', '投诉多次没有回音', '验收不合格', '老人用起来不方便', '影响学生上课', '补偿款一直没到账', '施工拖了三年', '水质检测结果在哪里公布', '有没有时间表', '价格比邻县高一倍', '手续要跑五个地方']
const MANNERS = ['请问', '您好，', '领导您好，', '想咨询一下，', '', '', '为什么', '反映一个问题：']

/** A small generator, so that every run asks the same. */
function createDice(seed: number): <T>(items: readonly T[]) => T {
  let state = seed
  return (items) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return items[Math.floor((state / 2 ** 32) * items.length)] as (typeof items)[number]
  }
}

function ask(dice: ReturnType<typeof createDice>): string {
  const one = `${dice(MANNERS)}${dice(PLACES)}的${dice(THINGS)}${dice(MATTERS)}`
  return dice([true, false, false]) ? `${one}，${dice(PLACES)}${dice(THINGS)}也是${dice(MATTERS)}？` : `${one}？`
}

/** Fills a session with copies of its one question, each with another text. */
async function fill(database: Database, questionId: string, size: number): Promise<void> {
  const dice = createDice(size)
  const row = await database.read.selectFrom('questions').selectAll().where('id', '=', questionId).executeTakeFirstOrThrow()
  await database.transact(async (tx) => {
    for (let number = 2; number <= size; number += ROWS_PER_STATEMENT) {
      const rows = Array.from({ length: Math.min(ROWS_PER_STATEMENT, size - number + 1) }, (_, index) => ({ ...row, id: randomUUID(), receipt: randomUUID(), number: number + index, text: ask(dice) }))
      await tx.insertInto('questions').values(rows).execute()
    }
  })
}

const directory = mkdtempSync(join(tmpdir(), 'fangtan-bench-'))
const database = await openDatabase({ databaseUrl: null, dataDir: directory })
try {
  const figures: { size: number; milliseconds: number; slowest: number; first: number }[] = []
  for (const size of SIZES) {
    const { core, sessionId, questionIds } = await openLive(database, 1)
    await fill(database, questionIds[0] ?? '', size)
    const dice = createDice(7)
    const search = async (index: number): Promise<number> => {
      const text = ask(dice)
      const started = performance.now()
      await core.similar.similar(randomUUID(), atHome(index).address, { sessionId, text, scope: 'public', exclude: null })
      return performance.now() - started
    }
    const first = await search(0)
    for (let index = 1; index <= 50; index++) await search(index)
    const times: number[] = []
    for (let index = 0; index < SEARCHES; index++) times.push(await search(100 + index))
    const slowest = times.toSorted((a, b) => a - b)[Math.floor(SEARCHES * 0.99)] ?? Number.NaN
    figures.push({ size, milliseconds: round(median(times), 3), slowest: round(slowest, 2), first: round(first, 0) })
    say(`${size} questions: ${round(median(times))} ms a search, 99 of 100 within ${round(slowest)} ms; the first one ${round(first, 0)} ms`)
  }
  const of = (size: number) => figures.find((figure) => figure.size === size)
  say(`plot: ${plot('similar', 'Search for similar questions', { x: 'questions', y: 'ms' }, [
    { name: 'median', points: figures.map(({ size, milliseconds }) => [size, milliseconds]) },
    { name: '99 of 100', points: figures.map(({ size, slowest }) => [size, slowest]) },
  ])}`)
  const ratio = round((of(20_000)?.milliseconds ?? Number.NaN) / (of(100)?.milliseconds ?? Number.NaN))
  report({ bench: 'similar', ratio, against: 'a search among 100 questions; this one is among 20,000', msAt5000: of(5_000)?.milliseconds, slowestMsAt5000: of(5_000)?.slowest, figures })
} finally {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
}
