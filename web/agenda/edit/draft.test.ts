import { describe, expect, it } from 'vitest'
import { copyParts, fromTemplate, keepMine, newPart, sameParts, toSave, totalMinutes, withGuest, withGuests, withKind } from './draft.ts'
import type { PartDraft } from './draft.ts'

let count = 0
const newId = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`
const titles = (kind: string) => `标题：${kind}`
const guest = { id: newId(), name: '周建国' }
const part = (over: Partial<PartDraft> = {}): PartDraft => ({ ...newPart(newId(), 'other', 10, '通报'), ...over })

describe('the usual run', () => {
  it('is briefing, representatives, open floor, closing: an hour and a half', () => {
    const parts = fromTemplate(newId, titles)
    expect(parts.map(({ kind }) => kind)).toEqual(['briefing', 'representatives', 'open_floor', 'closing'])
    expect(totalMinutes(parts)).toBe(90)
    expect(toSave('session01', 0, parts)).toMatchObject({ ok: true, input: { items: [{ title: '标题：briefing', minutes: 15 }, {}, {}, {}] } })
  })
})

describe('a part', () => {
  it('takes the title of its kind along, unless it has one of its own', () => {
    expect(withKind(part({ title: titles('other') }), 'closing', titles)).toMatchObject({ kind: 'closing', title: '标题：closing' })
    expect(withKind(part({ title: '县长讲话' }), 'closing', titles)).toMatchObject({ kind: 'closing', title: '县长讲话' })
  })

  it('counts minutes as they are typed', () => {
    expect(totalMinutes([part({ minutes: '15' }), part({ minutes: '' }), part({ minutes: '-3' })])).toBe(15)
  })

  it('has each guest once', () => {
    const speaking = withGuest(withGuest(part({ speakers: [{ guestId: null, name: '王代表' }] }), guest, true), guest, true)
    expect(speaking.speakers).toEqual([{ guestId: null, name: '王代表' }, { guestId: guest.id, name: '周建国' }])
    expect(withGuest(speaking, guest, false).speakers).toEqual([{ guestId: null, name: '王代表' }])
  })

  it('keeps a guest who is gone by name, and knows the present name of one who is not', () => {
    const parts = [part({ speakers: [{ guestId: guest.id, name: '周' }, { guestId: newId(), name: '李志强' }] })]
    expect(withGuests(parts, [guest])[0]?.speakers).toEqual([{ guestId: guest.id, name: '周建国' }, { guestId: null, name: '李志强' }])
  })
})

describe('saving', () => {
  it('says where something does not fit', () => {
    expect(toSave('session01', 3, [part(), part({ title: ' ', minutes: '' })])).toEqual({ ok: false, issues: { 'items.1.title': 'too_short', 'items.1.minutes': 'invalid_type' } })
    expect(toSave('session01', 3, [part({ minutes: '500' })])).toEqual({ ok: false, issues: { 'items.0.minutes': 'too_big' } })
  })

  it('knows what is the same', () => {
    const parts = [part({ speakers: [{ guestId: guest.id, name: guest.name }] })]
    expect(sameParts(parts, copyParts(parts))).toBe(true)
    expect(sameParts(parts, [{ ...parts[0]!, minutes: '10' }])).toBe(true)
    expect(sameParts(parts, [{ ...parts[0]!, questionIds: [newId()] }])).toBe(false)
  })

  it('keeps what was on, where mine wins over theirs', () => {
    const [first, second, mine] = [part(), part(), part()]
    expect(keepMine([mine], [first, second], (id) => id === first.id).map(({ id }) => id)).toEqual([first.id, mine.id])
    expect(keepMine([first, mine], [first, second], (id) => id === first.id).map(({ id }) => id)).toEqual([first.id, mine.id])
  })
})
