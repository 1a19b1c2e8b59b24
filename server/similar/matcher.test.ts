import { describe, expect, test } from 'vitest'
import { createMatcher } from './matcher.ts'

/** Thirty questions as a county's residents ask them, and others that mean the same in other words. */
const QUESTIONS: Record<string, { text: string; same: string[] }> = {
  elevator: { text: '老旧小区加装电梯怎么申请？补贴有多少？', same: ['我们小区是老房子，想加装电梯，要走哪些手续？', '请问给老小区装个电梯政府补贴多少钱？'] },
  cycling: { text: '环城骑行道什么时候全线贯通？', same: ['骑行道修了两年了，啥时候能贯通？', '请问环城的骑行道还有多久才能全线通？'] },
  quarry: { text: '城北石矿爆破震裂了我家的墙，谁来负责？', same: ['石矿天天爆破，房子墙都裂了，找谁赔？', '北边那个石矿放炮，村里好多家的墙都震裂了'] },
  school: { text: '城东新建小学今年秋季能开学吗？', same: ['东城新小学九月份开不开学？', '请问城东那所新建的小学秋季招不招生？'] },
  bus: { text: '12路公交车能不能延长到人民医院？', same: ['希望12路公交延伸到人民医院门口', '去人民医院看病没有公交直达，12路能开过来吗'] },
  water: { text: '李家湾村自来水经常发黄，有没有检测过？', same: ['我们李家湾的自来水又黄又浑，水质检测过吗？', '自来水发黄好几个月了，李家湾村民怎么喝？'] },
  parking: { text: '中医院门口停车难，能不能增加停车位？', same: ['中医院看病没地方停车，能多划些停车位吗？', '请问中医院附近会不会建停车场？停车太难了'] },
  heating: { text: '阳光小区暖气不热，投诉多次没人管。', same: ['阳光小区的暖气一直不热怎么办？', '家里暖气只有14度，阳光小区物业说不归他们管'] },
  pension: { text: '城乡居民养老保险断缴了怎么补？', same: ['养老保险中间断缴三年，可以补缴吗？', '请问居民养老保险能不能一次性补缴？'] },
  medical: { text: '在外地住院，农村合作医疗怎么报销？', same: ['异地住院合作医疗能报多少？怎么报销？', '我在省城住院，新农合报销需要什么材料？'] },
  rural: { text: '宅基地上的老房子想翻建，要办什么手续？', same: ['农村老房子翻建，宅基地手续怎么办？', '请问翻建自家宅基地的房子要审批吗？'] },
  demolish: { text: '南街的违章建筑什么时候拆？', same: ['南街那些违建为什么还不拆除？', '请问南街违章搭建拆违进度如何？'] },
  market: { text: '菜市场改造期间商户去哪里经营？', same: ['菜市场要改造，我们商户搬到哪里临时经营？', '农贸菜市场改造，摊位怎么安置商户？'] },
  noise: { text: '工地半夜施工噪音太大，睡不着觉。', same: ['楼下工地夜里还在施工，噪音没人管吗？', '请问夜间施工噪音扰民应该找哪个部门？'] },
  smell: { text: '化工园区晚上飘来刺鼻的气味，环保局管不管？', same: ['化工园区一到晚上就有刺鼻气味', '园区化工厂夜里排放废气，气味难闻，环保查了没有？'] },
  garbage: { text: '垃圾分类的桶撤了以后，扔垃圾要走一公里。', same: ['撤桶之后垃圾没地方扔，要走很远', '垃圾桶都撤了，老人扔垃圾太远不方便'] },
  teacher: { text: '乡村小学缺英语老师，能不能派人来支教？', same: ['我们村小学没有英语老师，孩子怎么办？', '乡村小学英语老师什么时候能配齐？'] },
  graduates: { text: '大学生回乡创业有什么扶持政策？', same: ['回乡创业的大学生能申请贷款扶持吗？', '请问大学毕业生回县里创业有哪些政策支持？'] },
  subsidy: { text: '种粮补贴今年什么时候发到账？', same: ['今年的种粮补贴怎么还没到账？', '粮食补贴几月发？去年种粮的早发了'] },
  irrigation: { text: '王庄的灌溉渠堵了三年，什么时候清淤？', same: ['王庄灌溉渠道淤堵，地里浇不上水', '请问水利局，灌溉渠清淤什么时候轮到王庄？'] },
  bridge: { text: '沙河大桥限行以后货车怎么走？', same: ['沙河大桥限行，拉货的车绕哪条路？', '货车过不了沙河大桥了，有没有绕行方案？'] },
  light: { text: '开发区的路灯坏了大半年了。', same: ['开发区路灯不亮，晚上骑车很危险', '请问开发区路灯坏了归谁修？'] },
  housing: { text: '公租房轮候要等多久？怎么查排名？', same: ['申请公租房排队排到哪了，在哪里查轮候名次？', '公租房还要等几年才能轮到我们？'] },
  property: { text: '物业费涨价没有经过业主同意，合法吗？', same: ['物业擅自涨物业费，业主都不同意', '物业费突然涨价，没开业主大会，怎么投诉？'] },
  presale: { text: '锦绣花园烂尾三年了，交房有没有时间表？', same: ['锦绣花园什么时候复工交房？', '买了锦绣花园的期房，烂尾了怎么办？'] },
  id: { text: '身份证能不能在乡镇派出所办理？', same: ['换身份证一定要去县城吗？乡镇派出所能不能办？', '请问乡镇派出所可以办身份证吗？'] },
  vaccine: { text: '孩子的流感疫苗哪里可以打？', same: ['请问流感疫苗在哪里接种，孩子能打吗？', '儿童流感疫苗现在有货吗？去哪里打？'] },
  dogs: { text: '广场上遛狗不拴绳，吓到孩子怎么办？', same: ['广场遛狗的人不牵绳，有没有人管？', '大型犬不拴绳在广场乱跑，孩子被吓哭了'] },
  square: { text: '跳广场舞的音响太吵，影响高三学生。', same: ['广场舞音响声音太大，孩子高三没法学习', '请问广场舞噪音扰民，晚上音响几点能停？'] },
  scenic: { text: '云台山景区对本县居民免票吗？', same: ['本县居民去云台山景区要不要买门票？', '请问云台山景区本地人免票政策还有吗？'] },
}
const ids = Object.keys(QUESTIONS)

function filled(repeat = 0) {
  const matcher = createMatcher()
  for (const [id, { text }] of Object.entries(QUESTIONS)) matcher.set(id, text)
  for (let index = 0; index < repeat; index++) matcher.set(`filler ${index}`, `第 ${index} 号的事情，${['修路', '补课', '低保', '幼儿园', '桥洞', '公厕'][index % 6] ?? ''}安排${index * 7}`)
  return matcher
}
const everything = () => true

describe('the same matter in other words', () => {
  test.each(ids)('%s', (id) => {
    for (const text of QUESTIONS[id]!.same) expect(filled().search(text, everything)[0]?.id, text).toBe(id)
  })

  test('is found among hundreds of others, too', () => {
    const matcher = filled(500)
    const missed = ids.flatMap((id) => QUESTIONS[id]!.same.filter((text) => matcher.search(text, everything)[0]?.id !== id))
    expect(missed).toEqual([])
  })

  test('is found while it is still being typed', () => {
    for (const [id, text] of [['elevator', '老小区加装电梯'], ['cycling', '骑行道'], ['pension', '养老保险断缴'], ['scenic', '云台山景区']] as const) expect(filled().search(text, everything)[0]?.id, text).toBe(id)
  })
})

describe('another matter', () => {
  test.each([
    '请问怎么办理营业执照？',
    '你好，我想问一下什么时候可以？',
    '请问县长，有没有什么办法？',
    '高铁站选址定了吗',
    '残疾人证年审要带什么材料？',
    '县里的图书馆周末开门吗？',
    '树木修剪谁负责',
    'How do I pay my taxes?',
    '？？？！！',
  ])('%s finds nothing', (text) => {
    expect(filled().search(text, everything).map(({ id, score }) => `${id} ${score.toFixed(2)}`)).toEqual([])
  })

  test('no two of the thirty are taken for the same', () => {
    const matcher = filled()
    const confused = ids.flatMap((id) => matcher.search(QUESTIONS[id]!.text, (other) => other !== id).map((match) => `${id}–${match.id} ${match.score.toFixed(2)}`))
    expect(confused).toEqual([])
  })
})

test('width, case, punctuation and how politely one asks do not matter', () => {
  const matcher = filled()
  const [plain, ornate] = ['12路公交车能不能延长到人民医院', '您好！请问：１２路公交车，能不能延长到人民医院？？谢谢！'].map((text) => matcher.search(text, everything)[0])
  expect(plain).toMatchObject({ id: 'bus' })
  expect(ornate?.score).toBeCloseTo(plain!.score, 5)
  expect(plain!.score).toBeGreaterThan(0.95)
})

test('English is found by words, also in another form', () => {
  const matcher = createMatcher()
  matcher.set('lift', 'How can we apply for an elevator in an old building?')
  matcher.set('bus', 'When will the night bus run again?')
  matcher.set('school', 'Will the new school open this autumn?')
  expect(matcher.search('Old buildings need elevators: how do I apply?', everything).map(({ id }) => id)).toEqual(['lift'])
  expect(matcher.search('Is there any night bus?', everything)[0]?.id).toBe('bus')
  expect(matcher.search('How do I get a passport?', everything)).toEqual([])
})

test('what is replaced, removed or left out is not found; what stays is', () => {
  const matcher = filled()
  expect(matcher.size()).toBe(30)
  matcher.set('bus', '3路末班车太早了')
  expect(matcher.search('12路公交延长到人民医院', everything)).toEqual([])
  expect(matcher.search('3路车末班太早', everything)[0]?.id).toBe('bus')
  expect(matcher.search('3路车末班太早', (id) => id !== 'bus')).toEqual([])
  matcher.remove('bus')
  matcher.remove('never there')
  expect(matcher.search('3路车末班太早', everything)).toEqual([])
  expect(matcher.size()).toBe(29)
  // Often enough for the dead to be cleared away.
  for (let index = 0; index < 200; index++) matcher.set('dogs', `${QUESTIONS['dogs']!.text}${index}`)
  expect(matcher.size()).toBe(29)
  expect(matcher.search(QUESTIONS['dogs']!.same[0]!, everything)[0]?.id).toBe('dogs')
  expect(matcher.search(QUESTIONS['water']!.same[0]!, everything)[0]?.id).toBe('water')
})

test('at most five, the best first, scores from 0 to 1', () => {
  const matcher = createMatcher()
  for (let index = 0; index < 50; index++) matcher.set(`copy ${index}`, `开发区的路灯坏了${'很久'.repeat(index % 7)}`)
  const found = matcher.search('开发区的路灯坏了', everything)
  expect(found).toHaveLength(5)
  expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a))
  expect(found[0]!.score).toBeGreaterThan(0.99)
  expect(found[0]!.score).toBeLessThanOrEqual(1)
})
