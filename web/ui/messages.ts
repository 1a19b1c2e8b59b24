export default {
  'zh-CN': {
    ui: {
      product: '访谈',
      skip: '跳到正文',
      elder: '关怀版',
      otherLanguage: 'EN',
      theme: { label: '外观：{theme}', system: '跟随系统', light: '浅色', dark: '深色' },
      privacy: '隐私说明',
      api: '数据接口说明',
      footer: '提问与答复全程公开，每个提问的去向都有记录。',
      connection: {
        offline: '网络已断开。您写好的提问会保留，联网后自动提交。',
        reconnecting: '连接中断，正在重新连接…',
        outdated: '页面已有新版本，请刷新后继续。',
      },
      state: { error: '没有加载成功', empty: '这里还没有内容' },
      notFound: { title: '没有这个页面', detail: '链接可能不完整，或者页面已经移走。' },
    },
  },
  en: {
    ui: {
      product: 'Fangtan',
      skip: 'Skip to content',
      elder: 'Larger text',
      otherLanguage: '中文',
      theme: { label: 'Appearance: {theme}', system: 'as the system', light: 'light', dark: 'dark' },
      privacy: 'Privacy notice',
      api: 'Data for programs',
      footer: 'Questions and answers are public, and what became of each question is on record.',
      connection: {
        offline: 'You are offline. A question you have written is kept and sent when the network is back.',
        reconnecting: 'Connection lost. Reconnecting…',
        outdated: 'There is a newer version of this page. Please reload to go on.',
      },
      state: { error: 'This could not be loaded', empty: 'Nothing here yet' },
      notFound: { title: 'There is no such page', detail: 'The link may be incomplete, or the page has moved.' },
    },
  },
}
