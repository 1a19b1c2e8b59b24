export default {
  'zh-CN': {
    agenda: {
      clock: { left: '剩余 {time}', over: '超时 {time}', late: '比计划晚 {count} 分钟', ahead: '比计划早 {count} 分钟' },
    },
  },
  en: {
    agenda: {
      clock: { left: '{time} left', over: '{time} over', late: '{count} minute behind the plan | {count} minutes behind the plan', ahead: '{count} minute ahead of the plan | {count} minutes ahead of the plan' },
    },
  },
}
