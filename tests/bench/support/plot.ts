import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Ignored by git. */
const RESULTS = join(import.meta.dirname, '../../../bench-results')

export type Line = { name: string; points: readonly (readonly [x: number, y: number])[] }

const [WIDTH, HEIGHT, MARGIN] = [720, 420, 70]
const COLOURS = ['#1f5fa8', '#8a5a00', '#4a6b2f']

/** Powers of ten that span the values, and what lies between them. */
function logScale(values: readonly number[], from: number, to: number): { place: (value: number) => number; marks: number[] } {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))]
  const span = Math.max(1, high - low)
  return { place: (value) => from + ((Math.log10(value) - low) / span) * (to - from), marks: Array.from({ length: span + 1 }, (_, index) => 10 ** (low + index)) }
}

/** Writes `NAME.svg`, both axes logarithmic. @returns its path */
export function plot(name: string, title: string, labels: { x: string; y: string }, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points)
  const x = logScale(points.map(([value]) => value), MARGIN, WIDTH - MARGIN)
  const y = logScale(points.map(([, value]) => value), HEIGHT - MARGIN, MARGIN)
  const text = (at: [number, number], words: string, anchor = 'middle') => `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" text-anchor="${anchor}">${words}</text>`
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text([WIDTH / 2, 28], title),
    text([WIDTH / 2, HEIGHT - 16], labels.x),
    text([MARGIN, MARGIN - 18], labels.y),
    ...x.marks.flatMap((mark) => [`<path d="M${x.place(mark)} ${MARGIN}V${HEIGHT - MARGIN}" stroke="#ddd"/>`, text([x.place(mark), HEIGHT - MARGIN + 20], mark.toLocaleString('en'))]),
    ...y.marks.flatMap((mark) => [`<path d="M${MARGIN} ${y.place(mark)}H${WIDTH - MARGIN}" stroke="#ddd"/>`, text([MARGIN - 8, y.place(mark) + 5], mark.toLocaleString('en'), 'end')]),
    ...lines.flatMap(({ name: of, points: own }, index) => {
      const colour = COLOURS[index % COLOURS.length] ?? '#000'
      const last = own.at(-1)
      return [
        `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${own.map(([a, b]) => `${x.place(a).toFixed(1)},${y.place(b).toFixed(1)}`).join(' ')}"/>`,
        ...own.map(([a, b]) => `<circle cx="${x.place(a).toFixed(1)}" cy="${y.place(b).toFixed(1)}" r="3.5" fill="${colour}"/>`),
        last ? `<g fill="${colour}">${text([x.place(last[0]), y.place(last[1]) - 12], of, 'end')}</g>` : '',
      ]
    }),
  ]
  mkdirSync(RESULTS, { recursive: true })
  const file = join(RESULTS, `${name}.svg`)
  writeFileSync(file, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="14">${parts.join('')}</svg>\n`)
  return file
}
