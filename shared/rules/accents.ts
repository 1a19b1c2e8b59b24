import type { ACCENTS } from '../site.ts'

export type Accent = (typeof ACCENTS)[number]
export const SHADES = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950] as const
export type Shade = (typeof SHADES)[number]

/**
 * The county's colour, by shade from light to dark. In the light theme 500 is what words, frames and solid buttons have, and 700 what they turn to under the pointer;
 * in the dark theme 400 and 300. A test holds all of them against every ground that they stand on.
 */
const TABLE: Record<Accent, readonly string[]> = {
  red: ['#fff3f1', '#ffe2de', '#ffcbc4', '#fea69c', '#f28074', '#b7191c', '#9e0c13', '#850d10', '#6d0d0e', '#570e0d', '#350505'],
  blue: ['#f1f6fe', '#ddebfe', '#c2dbfe', '#98c4ff', '#6fa8f5', '#0160c1', '#0251a4', '#01448c', '#023773', '#062d5b', '#021938'],
  teal: ['#eff8fa', '#d8edf2', '#b4dce6', '#84c4d4', '#55aec3', '#176c83', '#125a6e', '#104a5b', '#0f3d4b', '#0d323e', '#071f28'],
  green: ['#f1f8f3', '#dfefe2', '#c6e2cc', '#9fcfaa', '#7ab78a', '#1a763f', '#0f6533', '#0e542b', '#0d4523', '#0d371d', '#05200e'],
  indigo: ['#f4f5fe', '#e5e8fe', '#d1d6fe', '#b3bbff', '#959df5', '#5351c0', '#4543a7', '#3a388d', '#2f2e73', '#25265b', '#141438'],
  bronze: ['#faf5f0', '#f5e7db', '#ecd4c0', '#e1b896', '#cc9b70', '#8f520d', '#7b4502', '#673a05', '#542f06', '#432608', '#281403'],
}

/** `#rrggbb` */
export const shadeOf = (accent: Accent, shade: Shade): string => TABLE[accent][SHADES.indexOf(shade)] ?? ''

/** The custom properties from which web/style.css makes both themes. */
export const accentProperties = (accent: Accent): Record<string, string> => Object.fromEntries(SHADES.map((shade) => [`--color-county-${shade}`, shadeOf(accent, shade)]))
