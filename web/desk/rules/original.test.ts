import { expect, test } from 'vitest'
import { originalOf } from './original.ts'

test.each([
  ['as it was sent', { text: '问题', originalText: '问题', edited: false }, null],
  ['with numbers masked', { text: '打138****8000', originalText: '打13800138000', edited: false }, 'masked'],
  ['corrected by a colleague', { text: '请修路。', originalText: '快修路！', edited: true }, 'edited'],
  ['corrected, and the original is kept no longer', { text: '请修路。', originalText: '', edited: true }, null],
] as const)('%s', (_how, question, why) => expect(originalOf(question)).toBe(why))
