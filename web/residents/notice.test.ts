import { expect, test } from 'vitest'
import { noticeParts } from './notice.ts'

test('a notice is read in parts, with their headings', () => {
  expect(noticeParts('先说几句。\n\n一、收集什么\n1. 电话\n2. 地址\n\n\n2. What for\nTo ask.\n\n一、只有一行\n')).toEqual([
    { heading: null, body: '先说几句。' },
    { heading: '一、收集什么', body: '1. 电话\n2. 地址' },
    { heading: '2. What for', body: 'To ask.' },
    { heading: null, body: '一、只有一行' },
  ])
})
