import { describe, expect, test } from 'vitest'
import type { SaveSpot } from '../../shared/spot.ts'
import { phaseSchema } from '../../shared/sessions.ts'
import type { Guest } from '../../shared/sessions.ts'
import { sameSpot, spotContent, spotDetail, spotDigest, takesRecords } from './rules.ts'

const guest: Guest = { id: 'g', name: '周启明', post: '局长', department: '县住建局', pictureId: null, departmentId: 'zj', spokesperson: false }
const input = (over: Partial<SaveSpot> = {}): SaveSpot => ({ sessionId: 's', id: 'i', expectedVersion: null, kind: 'promise', questionId: 'q', handId: null, guestId: 'g', who: '周', departmentId: null, text: '', dueOn: '2026-12-01', ...over })

test('records are made while a session is on air and until its books are closed', () => {
  expect(phaseSchema.options.filter(takesRecords)).toEqual(['live', 'paused', 'ended'])
})

describe('what is kept', () => {
  test('of a guest is their own name and department, whatever was sent', () => {
    expect(spotContent(input(), guest, null)).toMatchObject({ who: '周启明', departmentId: 'zj', department: '县住建局' })
    expect(spotContent(input({ departmentId: 'sl' }), guest, '县水利局')).toMatchObject({ who: '周启明', departmentId: 'sl', department: '县水利局' })
  })

  test('of somebody else is what was typed, numbers masked', () => {
    expect(spotContent(input({ guestId: null, who: '老李 13812345678', text: '打 13812345678' }), null, null)).toMatchObject({ departmentId: null, department: '' })
    for (const said of Object.values(spotContent(input({ guestId: null, who: '老李 13812345678', text: '打 13812345678' }), null, null))) expect(String(said)).not.toContain('13812345678')
  })

  test('is told apart by every word of it', () => {
    const kept = spotContent(input(), guest, null)
    expect(sameSpot(kept, { ...kept })).toBe(true)
    for (const other of [{ text: '别的' }, { who: '老李' }, { dueOn: '2026-12-02' }, { kind: 'task' as const }, { questionId: null }, { handId: 'h' }]) expect(sameSpot(kept, { ...kept, ...other })).toBe(false)
  })
})

describe('the ledger', () => {
  test('commits to who, for which department, in which words', () => {
    const spot = { salt: 's', who: '周启明', department: '县住建局', text: '开工' }
    const digests = [spot, { ...spot, salt: 't' }, { ...spot, who: '林晓岚' }, { ...spot, department: '' }, { ...spot, text: '完工' }].map(spotDigest)
    expect(new Set(digests).size).toBe(5)
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/)
  })

  test('names kind, date and question, each where there is one', () => {
    expect(spotDetail({ kind: 'promise', dueOn: '2026-12-01' }, 3)).toEqual({ spot: 'promise', due: '2026-12-01', about: 3 })
    expect(spotDetail({ kind: 'answer', dueOn: null }, null)).toEqual({ spot: 'answer' })
  })
})
