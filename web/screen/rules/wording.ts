import type { PollView } from '../../../shared/polls.ts'
import { resultLines } from '../../polls/results.ts'
import type { ResultLine } from '../../polls/results.ts'

/** Options that a poll shows from afar, and words of a cloud. */
const OPTIONS = 6
const WORDS = 24

/** Lines of a poll to show, and how many are left out. In their order, unless there are too many: then those that most chose. */
export function pollLines(poll: PollView): { lines: ResultLine[]; rest: number } {
  const all = poll.counts ? resultLines(poll, []) : poll.options.map(({ id, text }) => ({ key: id, label: text, people: 0, share: 0, scale: 0, own: false }))
  const limit = poll.kind === 'words' ? WORDS : OPTIONS
  if (all.length <= limit) return { lines: all, rest: 0 }
  const lines = all.toSorted((a, b) => b.people - a.people).slice(0, limit)
  return { lines: poll.kind === 'words' ? lines : all.filter((line) => lines.includes(line)), rest: all.length - limit }
}

/** How large a word is drawn, from 1 (given least) to 2 (given most). */
export const wordScale = ({ scale }: Pick<ResultLine, 'scale'>): number => 1 + Math.max(0, Math.min(1, scale)) ** 2

/** Six digits in two groups, which the eye keeps until they are typed. */
export const groupDigits = (code: string): string => code.replace(/(\d{3})(?=\d)/g, '$1 ')

/** The code of the hall in the page's own address, or null. */
export const hallCodeOf = (query: unknown): string | null => (typeof query === 'string' && /^\d{6}$/.test(query) ? query : null)

/** Where the picture stands at `now` against burn-in, in hundredths of the height from its own place: another one every few minutes, all around. */
export function shiftAt(now: number): { x: number; y: number } {
  const SHIFTS = [[0, 0], [0.3, 0.15], [0.3, -0.3], [-0.15, -0.3], [-0.3, 0.15], [0.15, 0.3]] as const
  const [x, y] = SHIFTS[Math.floor(now / SHIFT_MS) % SHIFTS.length] ?? [0, 0]
  return { x, y }
}
const SHIFT_MS = 3 * 60_000
