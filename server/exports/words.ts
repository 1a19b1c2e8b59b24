import type { Channel, HeldReason, QuestionState } from '../../shared/questions.ts'
import type { Outcome } from '../../shared/outcomes.ts'
import type { DeclineCode } from '../../shared/rules/declining.ts'
import type { SpotKind } from '../../shared/spot.ts'

export type Words = {
  column: Record<Column, string>
  state: Record<QuestionState, string>
  channel: Record<Channel, string>
  asked: Record<Outcome['asked'], string>
  held: Record<HeldReason, string>
  code: Record<DeclineCode, string>
  hidden: Record<'not_reviewed' | 'withdrawn' | 'declined', string>
  spot: Record<SpotKind, string>
  takenBack: string
  yes: string
  office: string
}

export type Column =
  | 'number'
  | 'state'
  | 'text'
  | 'original'
  | 'name'
  | 'asker'
  | 'topic'
  | 'guest'
  | 'votes'
  | 'setAside'
  | 'setAsideNote'
  | 'merged'
  | 'mergedInto'
  | 'follows'
  | 'objections'
  | 'code'
  | 'reason'
  | 'answer'
  | 'answeredBy'
  | 'post'
  | 'spots'
  | 'channel'
  | 'forum'
  | 'asked'
  | 'enteredBy'
  | 'held'
  | 'notes'
  | 'edited'
  | 'submittedAt'
  | 'publicAt'
  | 'askedAt'
  | 'answeredAt'
  | 'videoStart'
  | 'videoEnd'

const CHINESE: Words = {
  column: {
    number: '编号',
    state: '去向',
    text: '问题',
    original: '原文',
    name: '提问人',
    asker: '提问人代号',
    topic: '话题',
    guest: '指定嘉宾',
    votes: '票数',
    setAside: '剔除票数',
    setAsideNote: '剔除说明',
    merged: '合并进来的问题数',
    mergedInto: '合并到',
    follows: '追问',
    objections: '“没答到我的问题”',
    code: '未采用原因',
    reason: '说明',
    answer: '书面答复',
    answeredBy: '答复人',
    post: '职务',
    spots: '现场记录',
    channel: '渠道',
    forum: '来自论坛',
    asked: '提交阶段',
    enteredBy: '代录人',
    held: '自动留待审核',
    notes: '内部备注',
    edited: '改过文字',
    submittedAt: '提交时间',
    publicAt: '公开时间',
    askedAt: '开始回答',
    answeredAt: '答复时间',
    videoStart: '视频起点',
    videoEnd: '视频终点',
  },
  state: { pending: '待审', approved: '已通过', asking: '正在回答', answered: '已答复', declined: '未采用', merged: '已合并', withdrawn: '已撤回' },
  channel: { web: '网络', phone: '电话', paper: '书面', hall: '现场' },
  asked: { before: '开始前', during: '直播中', after: '结束后' },
  held: { sensitive_word: '敏感词', muted: '已禁言', banned: '已封禁' },
  code: {
    off_topic: '与本场主题无关',
    not_ours: '不属于本县职权范围',
    unclear: '没看明白要问什么',
    answered_before: '此前已有公开答复',
    in_procedure: '正在法定程序中，不宜在此评判',
    no_time: '时间有限，未能安排',
    spam: '广告或重复刷屏',
    privacy: '涉及个人隐私',
    unlawful: '依法不得公开',
    defamation: '含有侮辱或没有根据的指控',
    other: '其他原因',
  },
  hidden: { not_reviewed: '（尚未审核，暂不公开）', withdrawn: '（本人已撤回）', declined: '（文字依法不公开）' },
  spot: { answer: '已答复', promise: '承诺', task: '现场领办' },
  takenBack: '（已撤回）',
  yes: '是',
  office: '主办方',
}

const ENGLISH: Words = {
  column: {
    number: 'Number',
    state: 'Outcome',
    text: 'Question',
    original: 'Original wording',
    name: 'Asked by',
    asker: 'Asker’s pseudonym',
    topic: 'Topic',
    guest: 'Assigned guest',
    votes: 'Votes',
    setAside: 'Votes set aside',
    setAsideNote: 'Note on votes set aside',
    merged: 'Questions merged into it',
    mergedInto: 'Merged into',
    follows: 'Follows up',
    objections: 'Said it did not answer theirs',
    code: 'Reason for not taking it up',
    reason: 'In words',
    answer: 'Answer in writing',
    answeredBy: 'Answered by',
    post: 'Post',
    spots: 'Recorded on the spot',
    channel: 'Channel',
    forum: 'Asked in the forum',
    asked: 'Asked',
    enteredBy: 'Entered by',
    held: 'Held for review because of',
    notes: 'Private notes',
    edited: 'Wording corrected',
    submittedAt: 'Received',
    publicAt: 'Public since',
    askedAt: 'Put on air',
    answeredAt: 'Answered',
    videoStart: 'Video from',
    videoEnd: 'Video to',
  },
  state: { pending: 'Awaiting review', approved: 'Approved', asking: 'Being answered', answered: 'Answered', declined: 'Not taken up', merged: 'Merged', withdrawn: 'Withdrawn' },
  channel: { web: 'Web', phone: 'Phone', paper: 'Paper', hall: 'Hall' },
  asked: { before: 'Before', during: 'On air', after: 'Afterwards' },
  held: { sensitive_word: 'Sensitive word', muted: 'Muted person', banned: 'Banned person' },
  code: {
    off_topic: 'Not about this session’s subject',
    not_ours: 'Outside this county’s powers',
    unclear: 'It is not clear what is being asked',
    answered_before: 'Answered in public before',
    in_procedure: 'In legal procedure, not to be judged here',
    no_time: 'There was no time for it',
    spam: 'Advertising or repetition',
    privacy: 'Touches somebody’s privacy',
    unlawful: 'The law forbids publishing it',
    defamation: 'Insulting, or accuses without grounds',
    other: 'Another reason',
  },
  hidden: { not_reviewed: '(not reviewed yet)', withdrawn: '(withdrawn by the asker)', declined: '(text not public, by law)' },
  spot: { answer: 'Answered', promise: 'Promise', task: 'Task' },
  takenBack: '(taken back)',
  yes: 'yes',
  office: 'Organiser',
}

export type Language = 'zh-CN' | 'en'

export const wordsIn = (language: Language): Words => (language === 'en' ? ENGLISH : CHINESE)
