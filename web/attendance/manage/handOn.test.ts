import { expect, test } from 'vitest'
import { attendee } from '../fixtures.test-support.ts'
import { invitesText } from './handOn.ts'

const texts = { head: '邀请', line: ({ name, url }: { name: string; url: string }) => `${name}：${url}`, foot: '链接只给本人' }

test('one line with the link of each who may still answer', () => {
  const all = [attendee({ name: '甲', url: 'https://a/in/1' }), attendee({ name: '乙', url: 'https://a/in/2', state: 'cancelled' }), attendee({ name: '丙', state: 'applied' }), attendee({ name: '丁', url: 'https://a/in/3', state: 'accepted' })]
  expect(invitesText(all, texts)).toBe('邀请\n\n甲：https://a/in/1\n丁：https://a/in/3\n\n链接只给本人')
  expect(invitesText([all[1]!], texts)).toBe('')
})
