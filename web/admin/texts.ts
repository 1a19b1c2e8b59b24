export default {
  'zh-CN': {
    title: '系统管理',
    sections: '管理栏目',
    back: '全部栏目',
    group: { people: '人员与权限', sessions: '场次与记录', site: '站点设置', system: '系统运行' },
    forbidden: { title: '您没有管理权限', detail: '这里只对管理员和督办员开放。如果您有账号，请先登录；如果您是用链接进来的，请再打开一次链接。', signIn: '登录' },
    secondFactor: { title: '请先设置两步验证', detail: '您的角色需要两步验证才能生效。设置好之后，这里的栏目就会出现。', open: '去设置' },
    unknown: { title: '没有这个栏目', detail: '链接可能不完整，或者这个栏目已经改名。' },
    older: '没有取到最新内容：{reason}下面是之前的内容。',
    failed: { title: '栏目没有加载成功', detail: '请检查网络，然后刷新页面。' },
  },
  en: {
    title: 'Administration',
    sections: 'Sections of the administration',
    back: 'All sections',
    group: { people: 'People and rights', sessions: 'Sessions and records', site: 'This site', system: 'How it runs' },
    forbidden: { title: 'You may not manage this installation', detail: 'This is for administrators and supervisors. If you have an account, please sign in; if you came by a link, please open it again.', signIn: 'Sign in' },
    secondFactor: { title: 'Please set up your second factor', detail: 'Your role counts only with a second factor. Once it is set up, the sections appear here.', open: 'Set it up' },
    unknown: { title: 'There is no such section', detail: 'The link may be incomplete, or the section has another name now.' },
    older: 'The latest did not come. {reason} Below is what was there before.',
    failed: { title: 'This section could not be loaded', detail: 'Please check your network, then reload the page.' },
  },
}
