import type { Attendee } from '../../../shared/attendance.ts'

/** What the office's text says: `line` of each person with their link, under `head`. */
export type HandOnTexts = { head: string; line: (person: { name: string; url: string }) => string; foot: string }

/** A text to be pasted into a forum's message: a line with the link of each person who is asked and may still answer. Empty when there is nobody. */
export function invitesText(attendees: readonly Attendee[], { head, line, foot }: HandOnTexts): string {
  const lines = attendees.flatMap(({ name, url, state }) => (url !== null && (state === 'invited' || state === 'accepted' || state === 'waiting') ? [line({ name, url })] : []))
  return lines.length === 0 ? '' : [head, '', ...lines, '', foot].join('\n')
}
