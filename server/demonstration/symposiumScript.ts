import type { AgendaKind } from '../../shared/agenda.ts'
import type { SpotKind } from '../../shared/spot.ts'
import type { Guest } from '../../shared/sessions.ts'
import type { QuestionScript } from './questions.ts'

/** Local forums, 220,000 members together. Invented, as are the places and people. */
export const FORUMS = [
  { name: '青湾论坛', code: 'qingwan', members: 86_000 },
  { name: '青湾在线', code: 'qwzx', members: 52_000 },
  { name: '古城茶座', code: 'chazuo', members: 31_000 },
  { name: '海边人社区', code: 'haibian', members: 18_000 },
  { name: '青湾妈妈网', code: 'mama', members: 14_500 },
  { name: '青湾车友会', code: 'cheyou', members: 9_800 },
  { name: '东溪乡音', code: 'dongxi', members: 5_200 },
  { name: '骑行青湾', code: 'qixing', members: 3_500 },
]

/** Somebody on the list. `forum`: place in FORUMS, null for a resident who applied. `arrives`: checked in at the door. */
type AttendeeScript = { name: string; forum: number | null; fate: 'invited' | 'accepted' | 'applied' | 'refused' | 'declined'; arrives?: boolean; note?: string }
/** A raised hand. `attendee`: place in the list, raised in the hall; null: from home. */
type HandScript = { name: string; attendee: number | null; topic: number; about: string }
/** `question` and `guest` are places in the script's lists. */
type SpotScript = { kind: SpotKind; question: number; guest: number; text: string; /** Days from today; null with an answer. */ inDays: number | null }

export const symposium = {
  title: '“城市更新与出行”网民座谈会',
  topic: '老旧小区改造、道路与停车、公交和骑行，面对面谈',
  introduction: '县领导和部门负责人与本地论坛的网民代表、现场居民、线上网友面对面座谈。\n\n现场和线上一起排队发言，答复、承诺和领办的事项当场记录、当场公开。',
  announcement: '请现场的各位把手机调到静音；想发言请在页面上举手，现场和线上一起排队。会后 10 个工作日内公布承诺事项的办理情况。',
  venue: '县融媒体中心一楼演播厅',
  seats: 40,
  /** Seats of each forum, in the order of FORUMS. */
  quotas: [3, 3, 2, 2, 2, 1, 1, 1],
  guests: [
    { name: '陈立群', post: '副县长', department: '县人民政府' },
    { name: '周启明', post: '党组书记、局长', department: '县住房和城乡建设局' },
    { name: '郑海波', post: '局长', department: '县交通运输局' },
    { name: '林晓岚', post: '副局长', department: '县自然资源和规划局' },
  ] satisfies Pick<Guest, 'name' | 'post' | 'department'>[],
  topics: ['老旧小区', '道路停车', '公交骑行', '规划建设'],
  agenda: [
    { kind: 'briefing', title: '县领导通报城市更新与出行工作', minutes: 15, guests: [0] },
    { kind: 'representatives', title: '网民代表发言，部门回应', minutes: 40, guests: [1, 2, 3] },
    { kind: 'open_floor', title: '自由发言', minutes: 30, guests: [] },
    { kind: 'closing', title: '小结', minutes: 5, guests: [0] },
  ] satisfies { kind: AgendaKind; title: string; minutes: number; guests: number[] }[],
  attendees: [
    { name: '吴晓东', forum: 0, fate: 'accepted', arrives: true },
    { name: '方红梅', forum: 0, fate: 'accepted', arrives: true },
    { name: '徐国平', forum: 0, fate: 'accepted' },
    { name: '李云', forum: 1, fate: 'accepted', arrives: true },
    { name: '张海燕', forum: 1, fate: 'accepted', arrives: true },
    { name: '何建华', forum: 1, fate: 'invited' },
    { name: '蔡阿婆', forum: 2, fate: 'accepted', arrives: true, note: '腿脚不便，请安排靠过道的座位' },
    { name: '林小山', forum: 2, fate: 'accepted' },
    { name: '陈阿海', forum: 3, fate: 'accepted', arrives: true },
    { name: '黄敏', forum: 4, fate: 'accepted', arrives: true },
    { name: '赵雯', forum: 4, fate: 'invited' },
    { name: '钱师傅', forum: 5, fate: 'accepted', arrives: true },
    { name: '周东溪', forum: 6, fate: 'invited' },
    { name: '孙骑', forum: 7, fate: 'accepted', arrives: true },
    { name: '王大爷', forum: null, fate: 'accepted', arrives: true, note: '住县前社区，想问加装电梯' },
    { name: '刘女士', forum: null, fate: 'applied', note: '新城小学家长' },
    { name: '某先生', forum: null, fate: 'refused' },
    { name: '叶女士', forum: null, fate: 'declined', note: '临时出差，改在线上参加' },
  ] as AttendeeScript[],
  questions: [
    { text: '县前社区加装电梯，一楼不同意就一直拖着，能不能有个调解期限？', name: '县前老王', topic: 0, guest: 1, fate: 'answered', votes: 26 },
    { text: '人民路早高峰堵到高架下，右转车道什么时候打通？', name: '青湾车友', topic: 1, guest: 2, forum: 'cheyou', fate: 'answered', votes: 24 },
    { text: '老城区晚上停车难，学校操场地下车库夜间能不能对居民开放？', name: '古城住户', topic: 1, guest: 1, forum: 'chazuo', fate: 'asking', votes: 29 },
    { text: '骑行道和机动车道之间没有隔离，送孩子上学太危险，能不能先把学校门口两百米隔开？', name: '新城妈妈', topic: 2, guest: 2, forum: 'mama', fate: 'approved', votes: 21 },
    { text: '7 路公交为什么不停县医院？', name: null, topic: 2, fate: 'approved', votes: 15 },
    { text: '旧城改造会不会动老街的骑楼？规划图什么时候公示？', name: '老街茶馆', topic: 3, guest: 3, fate: 'approved', votes: 12 },
    { text: '小区改造之后物业费涨了一半，谁来监督？', name: '梅岭业主', topic: 0, channel: 'hall', fate: 'pending' },
    { text: '共享单车堆在盲道上，打电话没人管。', name: null, topic: 2, fate: 'pending' },
  ] satisfies QuestionScript[],
  spots: [
    { kind: 'answer', question: 0, guest: 1, text: '调解期限 30 天，到期由社区组织书面表决，流程已在局网站公布。', inDays: null },
    { kind: 'promise', question: 0, guest: 1, text: '年底前在全县开通加装电梯一窗受理。', inDays: 38 },
    { kind: 'task', question: 1, guest: 2, text: '牵头研究人民路右转车道，会同交警提出方案并公开。', inDays: 15 },
  ] satisfies SpotScript[],
  /** In the order in which they are raised. */
  hands: [
    { name: '吴晓东', attendee: 0, topic: 0, about: '老旧小区改造的验收，居民能不能参加' },
    { name: '在外地的青湾人', attendee: null, topic: 1, about: '春节返乡停车' },
    { name: '钱师傅', attendee: 11, topic: 1, about: '出租车上下客点' },
    { name: '孙骑', attendee: 13, topic: 2, about: '古盐道骑行线北段' },
    { name: '夜班护士', attendee: null, topic: 2, about: '12 路末班车' },
    { name: '蔡阿婆', attendee: 6, topic: 0, about: '楼道照明' },
    { name: '开小店的阿珍', attendee: null, topic: 3, about: '店招改造' },
    { name: '西山老李', attendee: null, topic: 2, about: '老年卡在镇上办理' },
  ] satisfies HandScript[],
}
