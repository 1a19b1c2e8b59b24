/** One part of the notice, as plain text: a heading where its first line is one, and what stands below it. */
export type NoticePart = { heading: string | null; body: string }

const HEADING = /^([一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章条]|\d+[.、]\s?)\S/

/** Blank lines part it; a short numbered line with more below it is a heading. */
export function noticeParts(text: string): NoticePart[] {
  return text.split(/\n\s*\n/).filter((block) => block.trim() !== '').map((block) => {
    const [first = '', ...rest] = block.trim().split('\n')
    return rest.length > 0 && first.length <= 60 && HEADING.test(first) ? { heading: first, body: rest.join('\n') } : { heading: null, body: block.trim() }
  })
}
