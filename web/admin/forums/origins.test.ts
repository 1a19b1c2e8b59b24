import { describe, expect, it } from 'vitest'
import { createForumSchema } from '../../../shared/forums.ts'
import { LIMITS } from '../../../shared/limits.ts'
import { originTrouble, originsOf } from './origins.ts'

const troubleOf = (text: string) => originTrouble(originsOf(text))

describe('the origins of a forum', () => {
  it('stand one on each line', () => {
    expect(originsOf(' https://bbs.example.cn \n\nhttp://10.0.0.8:8080\n')).toEqual(['https://bbs.example.cn', 'http://10.0.0.8:8080'])
  })

  it('are taken as a browser names them', () => {
    expect(originsOf('https://BBS.Example.cn/\nhttps://bbs.example.cn:443')).toEqual(['https://bbs.example.cn', 'https://bbs.example.cn'])
  })

  it('are none with something behind them: what was meant is offered', () => {
    expect(troubleOf('https://bbs.example.cn/forum.php?fid=2')).toEqual({ kind: 'path', line: 'https://bbs.example.cn/forum.php?fid=2', origin: 'https://bbs.example.cn' })
    expect(troubleOf('https://somebody@bbs.example.cn')).toMatchObject({ kind: 'path', origin: 'https://bbs.example.cn' })
  })

  it.each(['bbs.example.cn', 'ftp://bbs.example.cn', 'https:bbs.example.cn', 'https://', 'https://bbs example.cn', '论坛'])('are no addresses otherwise: %s', (line) => {
    expect(troubleOf(line)).toEqual({ kind: 'address', line })
  })

  it('are wanted once', () => expect(troubleOf('https://a.cn\nhttps://a.cn/')).toEqual({ kind: 'twice', line: 'https://a.cn' }))

  it('are not too many', () => {
    const lines = Array.from({ length: LIMITS.forumOrigins + 2 }, (_, index) => `https://bbs${index}.example.cn`)
    expect(troubleOf(lines.join('\n'))).toEqual({ kind: 'many', count: 2 })
    expect(troubleOf(lines.slice(2).join('\n'))).toBeNull()
  })

  it('pass the schema when nothing is wrong with them', () => {
    const text = 'https://bbs.example.cn/\nhttp://10.0.0.8:8080\nhttps://论坛.example.cn\nhttp://[::1]:3000'
    expect(troubleOf(text)).toBeNull()
    expect(createForumSchema.shape.origins.parse(originsOf(text))).toEqual(originsOf(text))
  })
})
