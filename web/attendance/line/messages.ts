export default {
  'zh-CN': { attendLine: { own: '我的邀请', apply: '申请现场参加', applied: '查看现场申请结果' } },
  en: { attendLine: { own: 'My invitation', apply: 'Apply for a place in the hall', applied: 'See what became of an application' } },
}
