export default {
  'zh-CN': { attendLine: { own: '我的邀请', apply: '申请现场参加', applied: '我的现场申请' } },
  en: { attendLine: { own: 'My invitation', apply: 'Apply for a place in the hall', applied: 'My application' } },
}
