export default {
  'zh-CN': {
    title: '敏感词',
    summary: '全站的敏感词，命中的内容先审后发。',
    detail: '含有这些词的提问和聊天不会被拒绝，只是先由审核员看过再显示。空格、标点和大小写不影响判断。各场还可以在控制台里加本场的词。',
    label: '每行一个词',
    count: '共 {count} 个词',
    many: '多了 {count} 个词，请删减。',
    long: '“{word}”太长，请缩短。',
  },
  en: {
    title: 'Sensitive words',
    summary: 'The whole site’s list: what holds one of them is reviewed first.',
    detail: 'A question or message with one of these words is not refused; a moderator sees it before others do. Spaces, signs and case make no difference. A session can have words of its own, at its desk.',
    label: 'One word on each line',
    count: '{count} words | {count} word | {count} words',
    many: '{count} words too many | {count} word too many | {count} words too many',
    long: '“{word}” is too long.',
  },
}
