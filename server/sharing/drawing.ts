import { escapeMarkup } from '../../shared/rules/embedding.ts'
import { KIND_WORDS, PHASE_WORDS, whenText } from './rules.ts'
import type { Shared } from './rules.ts'

/** Signs that never begin a line, and those that never end one. */
const NOT_FIRST = '，。、！？：；）》」』】”’,.!?:;)]}%…—'
const NOT_LAST = '（《「『【“‘([{'

/** Width of a character in ems: what is not Latin takes a whole one. */
function widthOf(character: string): number {
  if (/[ilI.,:;'|!()[\]]/.test(character)) return 0.32
  if (/[A-Zmw@%]/.test(character)) return 0.78
  return /[\u0020-\u02ff]/.test(character) ? 0.58 : 1
}
export const textWidth = (text: string): number => [...text].reduce((sum, character) => sum + widthOf(character), 0)

/** What stays together: a Latin word, or one Chinese character with the signs that belong to it. */
function pieces(text: string): string[] {
  const found: string[] = []
  for (const piece of text.match(/[\u0021-\u02ff]+|\s+|[^\s]/gu) ?? []) {
    const before = found.at(-1)
    if (before !== undefined && before.trim() !== '' && (NOT_FIRST.includes(piece[0] ?? '') || NOT_LAST.includes(before.at(-1) ?? ' '))) found[found.length - 1] = before + piece
    else found.push(piece)
  }
  return found
}

/** A word that is longer than a line, in parts that are not. */
function chopped(piece: string, width: number): string[] {
  const parts: string[] = []
  let part = ''
  for (const character of piece) {
    if (part !== '' && textWidth(part + character) > width) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}

/** `text` in at most `most` lines of `width` ems; what does not fit ends in an ellipsis. */
export function wrapText(text: string, width: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text.trim()).flatMap((whole) => (textWidth(whole) > width ? chopped(whole, width) : [whole]))) {
    if (textWidth(line + piece.trimEnd()) <= width) {
      line += piece
      continue
    }
    lines.push(line.trimEnd())
    line = piece.trimStart()
  }
  if (line !== '') lines.push(line.trimEnd())
  if (lines.length <= most) return lines
  let last = lines[most - 1] ?? ''
  while (last !== '' && textWidth(last) + 1 > width) last = [...last].slice(0, -1).join('')
  return [...lines.slice(0, most - 1), `${last.trimEnd()}…`]
}

const FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei','WenQuanYi Zen Hei','Noto Sans SC',sans-serif"
const [WIDTH, HEIGHT] = [1200, 630]
/** Where the words begin, and how wide a line may be, in pixels. */
const [LEFT, LINE] = [80, 1040]

const line = (x: number, y: number, size: number, fill: string, text: string, weight = 400) => `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeMarkup(text)}</text>`

/** The emblem's place: beside the site's name, or alone in the middle. */
export const emblemPlace = (words: boolean) => (words ? { left: LEFT, top: 72, size: 72 } : { left: (WIDTH - 320) / 2, top: 130, size: 320 })

/** The picture of a session as SVG, without the emblem. `words` false: this machine cannot write them, and boxes say nothing. */
export function drawSession(session: Shared, site: string, accent: string, words: boolean): string {
  const frame = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT}"><rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/><rect y="${HEIGHT - 20}" width="${WIDTH}" height="20" fill="${accent}"/>${inside}</svg>`
  if (!words) return frame('')
  const size = textWidth(session.title) * 72 <= LINE * 2 ? 72 : 60
  const title = wrapText(session.title, LINE / size, 3)
  const first = 300 + (3 - title.length) * 24
  const mark = `${KIND_WORDS[session.kind]} · ${PHASE_WORDS[session.phase]}`
  const [where = ''] = wrapText(session.attendance.venue, LINE / 32, 1)
  return frame(
    [
      line(LEFT + 96, 122, 40, '#1d293d', wrapText(site, (LINE - 96) / 40, 1)[0] ?? '', 600),
      line(LEFT, 204, 32, accent, mark, 600),
      ...title.map((text, index) => line(LEFT, first + index * size * 1.3, size, '#0f172b', text, 700)),
      line(LEFT, where ? 530 : 570, 32, '#45556c', whenText(session.startsAt)),
      ...(where ? [line(LEFT, 578, 32, '#45556c', where)] : []),
    ].join(''),
  )
}
