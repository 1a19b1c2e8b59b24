import type { PhaseAction } from '../../shared/rules/sessionLifecycle.ts'
import type { SelectionRule } from '../../shared/rules/selection.ts'
import type { Guest } from '../../shared/sessions.ts'
import type { PollScript } from './polls.ts'
import type { QuestionScript } from './questions.ts'

/** An interview to be played into an empty database. Content, not interface: it stays in Chinese, as a county's own would. Places and people are invented. */
export type Script = {
  title: string
  topic: string
  introduction: string
  guests: Pick<Guest, 'name' | 'post' | 'department'>[]
  /** Start, counted from the script's first step. */
  startsInMinutes: number
  secondsPerStep: number
  voters: number
  phases: Extract<PhaseAction, 'open_backstage' | 'start' | 'end' | 'archive'>[]
  topics: string[]
  rule: SelectionRule | null
  questions: QuestionScript[]
  chat: { text: string; name: string | null }[]
  polls: PollScript[]
}

export const liveInterview: Script = {
  title: '县住房和城乡建设局：查违拆违、矿山整治与遗产骑行道',
  topic: '违法建设怎么查、怎么拆，石矿关停之后怎么办，古道骑行线何时贯通',
  introduction:
    '青湾县住房和城乡建设局、自然资源和规划局负责人做客在线访谈，就网友关心的违法建设查处、露天矿山生态修复、古盐道遗产骑行线建设等问题，与网友实时交流。\n\n每一个提问都有回执、有去向：现场回答、书面回复，或说明为什么没有采用。',
  guests: [
    { name: '周启明', post: '党组书记、局长', department: '县住房和城乡建设局' },
    { name: '林晓岚', post: '副局长', department: '县自然资源和规划局' },
  ],
  startsInMinutes: 2,
  secondsPerStep: 4,
  voters: 36,
  phases: ['open_backstage', 'start'],
  topics: ['查违拆违', '矿山修复', '古道骑行', '自建房'],
  rule: { top: 5, perTopic: 1, correctEarly: false },
  questions: [
    { text: '去年公布的 214 处违法建设，到现在拆了多少处？没拆的什么时候拆？能不能把清单公开？', name: '城东老陈', topic: 0, fate: 'answered', votes: 31, objections: ['说了拆了多少，没说清单什么时候公开。'] },
    { text: '东溪石矿关停三年了，山体还裸着，一下雨泥水就冲到村口。修复工程到底什么时候动工？', name: '东溪村民', topic: 1, guest: 1, fate: 'asking', votes: 33 },
    { text: '古盐道骑行线规划全长 42 公里，北段修到石拱桥就断了，什么时候能贯通到海边？', name: '骑行的阿海', topic: 2, fate: 'approved', votes: 27 },
    { text: '邻居在楼顶加盖了一层，向社区反映过三次都没有下文。到底该找哪个部门？', name: null, topic: 0, guest: 0, fate: 'approved', votes: 22 },
    { text: '骑行道经过老街那一段，路面是青石板，希望保留原貌，不要铺沥青。', name: '老街茶馆', topic: 2, guest: 1, fate: 'approved', votes: 18 },
    { text: '农村自建房翻建，手续批了半年还没批下来，是不是可以一次告知要补哪些材料？', name: '梅岭小学家长', topic: 3, fate: 'approved', votes: 15 },
    { text: '拆违之后的空地能不能改成停车位或者口袋公园？现在都堆着建筑垃圾。', name: null, topic: 0, fate: 'approved', votes: 11 },
    {
      text: '历史建筑自己修缮有没有补助？怎么申请？',
      name: null,
      topic: 3,
      fate: 'replied',
      votes: 9,
      by: 0,
      answer: '有。列入县历史建筑保护名录的，按修缮工程造价的三成给予补助，单处最高 20 万元。请先向乡镇（街道）提交修缮方案，我局在 15 个工作日内会同文物部门勘查并答复。',
    },
    { text: '东溪石矿的泥水又淹了我家田，复绿工程哪天开始？', name: '下游种田人', topic: 1, fate: 'merged', votes: 6, into: 1 },
    { text: '运矿车夜里十一点以后还在走镇区道路，噪声和扬尘谁来管？', name: '镇口早餐店', topic: 1, channel: 'phone', note: '来电人愿意提供视频，已请交警大队核实夜间通行证。', fate: 'pending' },
    { text: '骑行道的租车点会不会建在客运站旁边？外地朋友来了没有车骑。', name: '小苏', topic: 2, fate: 'pending' },
    { text: '租车押金退不了的都来，加微信 qxd2026 一起维权！', name: null, topic: 2, fate: 'pending' },
    { text: '某某家的违建就是因为有关系才不拆！', name: null, topic: 0, fate: 'declined', code: 'defamation', reason: '涉及具体个人且未提供地址，请补充违建位置后重新提交，或拨打查违热线实名反映。' },
  ],
  chat: [
    { text: '终于等到这一期了', name: '骑行的阿海' },
    { text: '声音很清楚', name: null },
    { text: '希望石矿的问题今天能有个准话', name: '东溪村民' },
  ],
  polls: [{ kind: 'single', title: '古盐道骑行线接下来先修哪一段？', options: ['北段补到石拱桥', '老街青石板段', '石拱桥到海边'], given: [9, 6, 17], closed: false }],
}

export const announcedInterview: Script = {
  title: '县教育局：秋季招生、校车与课后服务',
  topic: '学区怎么划、校车怎么坐、课后服务怎么收费',
  introduction: '访谈开始前即可提问，主持人会按票数整理后请嘉宾回答。',
  guests: [{ name: '沈雅琴', post: '局长', department: '县教育局' }],
  startsInMinutes: 3 * 24 * 60,
  secondsPerStep: 30,
  voters: 9,
  phases: [],
  topics: ['学区划分', '校车', '课后服务'],
  rule: { top: 3, perTopic: 1, correctEarly: true },
  questions: [
    { text: '新城小学今年的学区会不会调整？什么时候公布？', name: '新城业主', topic: 0, fate: 'approved', votes: 8 },
    { text: '山区校车能不能加一班晚自习后的？', name: null, topic: 1, fate: 'approved', votes: 5 },
  ],
  chat: [],
  polls: [],
}

export const pastInterview: Script = {
  title: '县交通运输局：城乡公交一体化',
  topic: '线路、班次与老年卡',
  introduction: '就城乡公交线路调整、班次加密和老年卡办理等问题与网友交流。',
  guests: [{ name: '郑海波', post: '局长', department: '县交通运输局' }],
  startsInMinutes: 10,
  secondsPerStep: 90,
  voters: 14,
  phases: ['open_backstage', 'start', 'end', 'archive'],
  topics: ['线路班次', '老年卡'],
  rule: { top: 3, perTopic: 1, correctEarly: false },
  questions: [
    { text: '12 路末班车能不能延到晚上九点半？', name: '夜班护士', topic: 0, fate: 'answered', votes: 14 },
    { text: '老年卡在镇上能不能办，不用跑县城？', name: '西山老李', topic: 1, fate: 'answered', votes: 12 },
    { text: '新开的 7 路为什么不停县医院？', name: null, topic: 0, fate: 'answered', votes: 9, objections: ['只说了道路窄，没说什么时候能停。', '医院门口有公交站台，为什么不能用？'] },
    { text: '晚上加班回来没有公交，12 路能不能晚点收车？', name: '城南工厂', topic: 0, fate: 'merged', votes: 5, into: 0 },
    { text: '公交车上能不能放一份线路图？老人不会用手机查。', name: '退休教师', topic: 0, channel: 'paper', fate: 'replied', votes: 4, by: 0, answer: '可以。本月底前在全部车辆和主要站台张贴线路图，字号按老年人阅读习惯放大。' },
    { text: '高铁站到县城的大巴票价能不能降？', name: null, fate: 'declined', code: 'not_ours', reason: '该线路由市客运集团运营，已将意见转告，请同时向市交通运输局反映。', votes: 3 },
    { text: '司机老王上个月闯红灯，把他的电话公布出来！', name: null, fate: 'declined', code: 'privacy', reason: '' },
  ],
  chat: [],
  polls: [{ kind: 'rating', title: '今天的答复您满意吗？', options: [], given: [0, 1, 3, 8, 12], closed: true }],
}
