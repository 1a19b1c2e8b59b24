import en from './messages.en.ts'
import zh from './messages.zh.ts'

export default { 'zh-CN': { residents: zh }, en: { residents: en } }
