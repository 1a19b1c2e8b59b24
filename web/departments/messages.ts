export default {
  'zh-CN': {
    departments: {
      verified: '实名',
      verifiedTitle: '{name}的实名账号',
      spokesperson: '新闻发言人',
    },
  },
  en: {
    departments: {
      verified: 'Verified',
      verifiedTitle: 'Verified account of {name}',
      spokesperson: 'Spokesperson',
    },
  },
}
