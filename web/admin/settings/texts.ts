export default {
  'zh-CN': {
    title: '有改动还没有保存',
    detail: '离开后，这些改动会丢失。',
    leave: '不保存，离开',
    stay: '留下',
    discard: '放弃改动',
    status: '有改动还没有保存。',
  },
  en: {
    title: 'Not everything is saved',
    detail: 'If you leave, what you changed is lost.',
    leave: 'Leave without saving',
    stay: 'Stay',
    discard: 'Discard changes',
    status: 'Changes are not saved yet.',
  },
}
