import en from './messages.en.ts'
import chinese from './messages.zh.ts'

export default { 'zh-CN': { attendance: chinese }, en: { attendance: en } }
