import { describe, expect, it } from 'vitest'
import { featuredTile, layoutStage } from './layout.ts'
import type { Rect, TileShape } from './layout.ts'

const PHONE = { width: 390, height: 219 }
const PHONE_SQUARE = { width: 390, height: 390 }
const TALL = { width: 390, height: 700 }
const DESKTOP = { width: 1280, height: 720 }

describe('grid', () => {
  it.each([
    [1, DESKTOP, 1, 1],
    [2, DESKTOP, 2, 1],
    [3, DESKTOP, 2, 2],
    [4, DESKTOP, 2, 2],
    [5, DESKTOP, 3, 2],
    [6, DESKTOP, 3, 2],
    [7, DESKTOP, 4, 2],
    [9, DESKTOP, 3, 3],
    [12, DESKTOP, 4, 3],
    [1, PHONE, 1, 1],
    [2, PHONE, 2, 1],
    [3, PHONE_SQUARE, 2, 2],
    [4, PHONE_SQUARE, 2, 2],
    [2, TALL, 1, 2],
    [6, TALL, 2, 3],
  ])('%i tiles in %o: %i columns, %i rows', (count, size, columns, rows) => {
    expect(layoutStage(count, size, null)).toMatchObject({ columns, rows })
  })

  it('centres a short last row', () => {
    const { rects } = layoutStage(3, DESKTOP, null)
    const last = rects[2]
    expect(last && last.x + last.width / 2).toBeCloseTo(640)
  })

  it('gives nothing without tiles or room', () => {
    expect(layoutStage(0, DESKTOP, null).rects).toEqual([])
    expect(layoutStage(3, { width: 0, height: 0 }, null).rects).toEqual([])
  })
})

describe('featured', () => {
  it('puts the strip beside on a desktop and below on a phone', () => {
    const wide = layoutStage(4, DESKTOP, 0).rects
    expect(wide[0]?.width).toBeGreaterThan(900)
    expect(wide[1]?.x).toBeGreaterThan(wide[0]?.width ?? 0)
    const narrow = layoutStage(4, PHONE_SQUARE, 0).rects
    expect(narrow[0]?.width).toBe(390)
    expect(narrow[1]?.y).toBeGreaterThan(narrow[0]?.height ?? 0)
  })

  it('keeps the order of the tiles when the large one is not the first', () => {
    const { rects } = layoutStage(3, DESKTOP, 1)
    const widths = rects.map((rect) => rect.width)
    expect(widths[1]).toBe(Math.max(...widths))
    expect(rects[0]?.y).toBeLessThan(rects[2]?.y ?? 0)
  })

  it.each([
    ['nobody', [], null, 1280, null],
    ['one person', cameras(1), null, 390, null],
    ['a shared screen', [...cameras(2), { seatId: 's0', kind: 'screen' as const }], null, 1280, 2],
    ['a shared screen over the speaker on a phone', [...cameras(6), { seatId: 's0', kind: 'screen' as const }], 's3', 390, 6],
    ['four on a phone', cameras(4), 's2', 390, null],
    ['six on a phone, one speaking', cameras(6), 's2', 390, 2],
    ['six on a phone, silence', cameras(6), null, 390, 0],
    ['six on a desktop', cameras(6), 's2', 1280, null],
  ])('%s', (_name, tiles: TileShape[], speaker, width, expected) => {
    expect(featuredTile(tiles, speaker, width)).toBe(expected)
  })
})

describe('every layout', () => {
  const cases = [PHONE, PHONE_SQUARE, TALL, DESKTOP, { width: 640, height: 360 }].flatMap((size) =>
    Array.from({ length: 13 }, (_, index) => index + 1).flatMap((count) => [null, 0, count - 1].map((featured) => ({ size, count, featured }))),
  )
  it.each(cases)('stays inside without overlap: $count in $size, featured $featured', ({ size, count, featured }) => {
    const { rects } = layoutStage(count, size, featured)
    expect(rects).toHaveLength(count)
    for (const [index, rect] of rects.entries()) {
      expect(rect.width).toBeGreaterThan(20)
      expect(rect.height).toBeGreaterThan(20)
      expect(rect.x).toBeGreaterThanOrEqual(-0.01)
      expect(rect.y).toBeGreaterThanOrEqual(-0.01)
      expect(rect.x + rect.width).toBeLessThanOrEqual(size.width + 0.01)
      expect(rect.y + rect.height).toBeLessThanOrEqual(size.height + 0.01)
      for (const other of rects.slice(index + 1)) expect(overlap(rect, other)).toBe(false)
    }
  })
})

function cameras(count: number): TileShape[] {
  return Array.from({ length: count }, (_, index) => ({ seatId: `s${index}`, kind: 'camera' }))
}

function overlap(a: Rect, b: Rect): boolean {
  const e = 0.01
  return a.x + e < b.x + b.width && b.x + e < a.x + a.width && a.y + e < b.y + b.height && b.y + e < a.y + a.height
}
