import { expect, test } from 'vitest'
import { readPasted } from './pasted.ts'

const people = (text: string) => readPasted(text).people

test('one name on each line, with or without a number behind it', () => {
  expect(people('王芳\n李 明\n\n  赵强  ')).toEqual([
    { name: '王芳', phone: null },
    { name: '李 明', phone: null },
    { name: '赵强', phone: null },
  ])
  expect(people('王芳 13800001111\n李明，138-0000-2222\r\n赵强\t+86 13800003333\nJohn Smith, 13800004444')).toEqual([
    { name: '王芳', phone: '13800001111' },
    { name: '李明', phone: '13800002222' },
    { name: '赵强', phone: '+8613800003333' },
    { name: 'John Smith', phone: '13800004444' },
  ])
})

test('numbering goes, and full-width digits are digits', () => {
  expect(people('1. 王芳\n2、李明\n（3）赵强\n10）钱多 １３８００００５５５５')).toEqual([
    { name: '王芳', phone: null },
    { name: '李明', phone: null },
    { name: '赵强', phone: null },
    { name: '钱多', phone: '13800005555' },
  ])
})

test('says which line cannot be taken and why', () => {
  const { people: taken, problems } = readPasted(`王芳\n12345678\n${'长'.repeat(21)}\n李明 123\n王芳\n老周`, ['老周'])
  expect(taken).toEqual([{ name: '王芳', phone: null }])
  expect(problems.map(({ line, code }) => [line, code])).toEqual([
    [2, 'name'],
    [3, 'too_long'],
    [4, 'phone'],
    [5, 'twice'],
    [6, 'known'],
  ])
})

test('two people of one name are told apart by their numbers', () => {
  expect(people('王芳 13800001111\n王芳 13800002222')).toHaveLength(2)
})
