import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { iceServers } from './ice.ts'

const NOW = Date.UTC(2026, 10, 22)

describe('iceServers', () => {
  it('are none without configuration', () => expect(iceServers({ turnUrls: [], turnSecret: null }, NOW, 'x')).toEqual([]))
  it('name STUN servers without credentials', () => {
    expect(iceServers({ turnUrls: ['stun:stun.example.cn'], turnSecret: 's' }, NOW, 'x')).toEqual([{ urls: ['stun:stun.example.cn'] }])
  })
  it('leave out relays that nobody could log in to', () => expect(iceServers({ turnUrls: ['turn:turn.example.cn'], turnSecret: null }, NOW, 'x')).toEqual([]))
  it('carry a password that ends after twelve hours', () => {
    const urls = ['turn:turn.example.cn:3478', 'turns:turn.example.cn:5349?transport=tcp']
    const username = `${NOW / 1000 + 12 * 3600}:ab12`
    const credential = createHmac('sha1', 'secret').update(username).digest('base64')
    expect(iceServers({ turnUrls: urls, turnSecret: 'secret' }, NOW, 'ab12')).toEqual([{ urls, username, credential }])
  })
})
