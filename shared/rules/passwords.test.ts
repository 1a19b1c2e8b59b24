import { describe, expect, test } from 'vitest'
import { passwordWeakness } from './passwords.ts'

const owner = { username: 'li.min', name: '李敏' }
const judged = (password: string) => passwordWeakness(password, owner)

describe('a password that can be guessed', () => {
  test.each(['', 'kaD7!wq', '九个汉字还是太短了', '👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 'é'.repeat(9)])('too short: %s', (password) => expect(judged(password)).toBe('too_short'))
  test.each(['my.li.min.2026!x', 'LI.MIN-uvd83k', '我是李敏哪个单位的人', 'ｌｉ．ｍｉｎ-vd83kq'])('names its owner: %s', (password) => expect(judged(password)).toBe('names_you'))
  test.each(['password12', 'Password2026!', 'P@ssw0rd2026', 'admin@12345', '2026welcome!!', 'woaini1314520', 'fangtan@2026', 'Qwe@1472583', '管理员20261122'])('common: %s', (password) => expect(judged(password)).toBe('common'))
  test.each(['1234567890', '0987654321', 'abcdefghijk', 'qwertyuiop', '1qaz2wsx3edc', '1q2w3e4r5t', 'asdfghjkl;', 'zyxwvutsrq', '1234qwerasdf', '!@#$%^&*()', 'QWERTYuiop'])('a run: %s', (password) =>
    expect(judged(password)).toBe('run'),
  )
  test.each(['aaaaaaaaaaaa', 'abababababab', 'x7dx7dx7dx7d', 'kuchen7kuchen7', '的的的的的的的的的的', '13131331131313'])('a repetition: %s', (password) => expect(judged(password)).toBe('repetition'))
})

describe('a password that serves', () => {
  test.each(['correct horse battery', 'vT9!kq2#Lm', '上班路上的三棵老槐树', 'rakete-im-vorgarten', 'my passport is green', '62-Ulmen-am-Ufer', 'minli stands apart'])('%s', (password) => expect(judged(password)).toBeNull())
  test('a name too short to tell does not count', () => expect(passwordWeakness('brilliant orchids', { username: 'li', name: 'Li' })).toBeNull())
  test('a good one said twice is as good', () => expect(judged('62-Ulmen-am-Ufer62-Ulmen-am-Ufer')).toBeNull())
})
