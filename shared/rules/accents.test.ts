import { describe, expect, test } from 'vitest'
import { ACCENTS } from '../site.ts'
import { SHADES, accentProperties, shadeOf } from './accents.ts'

const channels = (color: string) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))

/** Relative luminance as WCAG 2 has it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}
/** `share` of a colour over a ground, as soft badges and buttons have it. */
const tint = (color: string, ground: string, share: number) => {
  const below = channels(ground)
  return `#${channels(color).map((value, at) => Math.round(value * share + (below[at] ?? 0) * (1 - share)).toString(16).padStart(2, '0')).join('')}`
}

// Grounds of Nuxt UI with slate as the neutral: the page, what is muted, what is raised, and (for frames only) what is pressed.
const LIGHT = { grounds: ['#ffffff', '#f8fafc', '#f1f5f9'], accented: '#e2e8f0', words: 500, hover: 700, onSolid: '#ffffff' } as const
const DARK = { grounds: ['#0f172b', '#1d293d'], accented: '#314158', words: 400, hover: 300, onSolid: '#0f172b' } as const

describe.each(ACCENTS)('%s', (accent) => {
  test.each([
    ['light', LIGHT],
    ['dark', DARK],
  ] as const)('can be read and seen in the %s theme', (_name, { grounds, accented, words, hover, onSolid }) => {
    const color = shadeOf(accent, words)
    for (const ground of grounds) {
      expect(contrast(color, ground)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(shadeOf(accent, hover), ground)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(color, tint(color, ground, 0.1))).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(color, tint(color, grounds[0], 0.15))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(onSolid, color)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(onSolid, shadeOf(accent, hover))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(color, accented)).toBeGreaterThanOrEqual(3)
  })

  test('has every shade, each darker than the one before', () => {
    expect(Object.values(accentProperties(accent))).toHaveLength(SHADES.length)
    const found = SHADES.map((shade) => luminance(shadeOf(accent, shade)))
    expect(found).toEqual(found.toSorted((a, b) => b - a))
  })
})
