import { agendaKindSchema, saveAgendaSchema } from '../../../shared/agenda.ts'
import type { AgendaItem, AgendaKind, SaveAgenda } from '../../../shared/agenda.ts'
import type { Guest } from '../../../shared/sessions.ts'

/** A part while it is being written. `minutes` is a string while it is typed. */
export type PartDraft = Omit<AgendaItem, 'minutes'> & { minutes: number | string }

export const AGENDA_KINDS: readonly AgendaKind[] = agendaKindSchema.options

/** The usual run of a symposium. */
const TEMPLATE: readonly { kind: AgendaKind; minutes: number }[] = [
  { kind: 'briefing', minutes: 15 },
  { kind: 'representatives', minutes: 40 },
  { kind: 'open_floor', minutes: 30 },
  { kind: 'closing', minutes: 5 },
]

/** `title`: of a part of that kind, when nobody gave it another one. */
export type Titles = (kind: AgendaKind) => string

export const newPart = (id: string, kind: AgendaKind, minutes: number, title: string): PartDraft => ({ id, kind, title, minutes, speakers: [], questionIds: [] })
export const fromTemplate = (newId: () => string, titles: Titles): PartDraft[] => TEMPLATE.map(({ kind, minutes }) => newPart(newId(), kind, minutes, titles(kind)))

/** Another kind; the title goes with it as long as it is the kind's own. */
export const withKind = (part: PartDraft, kind: AgendaKind, titles: Titles): PartDraft => ({ ...part, kind, title: part.title === titles(part.kind) || part.title === '' ? titles(kind) : part.title })

/** Parts of their own, free of Vue's proxies. */
export const copyParts = (parts: readonly PartDraft[]): PartDraft[] => parts.map((part) => ({ ...part, speakers: part.speakers.map((speaker) => ({ ...speaker })), questionIds: [...part.questionIds] }))

/** Typed numbers are strings and loaded ones are not; both mean the same. */
const text = (parts: readonly PartDraft[]) => JSON.stringify(parts.map(({ id, kind, title, minutes, speakers, questionIds }) => [id, kind, title, String(minutes), speakers.map(({ guestId, name }) => [guestId, name]), questionIds]))
export const sameParts = (a: readonly PartDraft[], b: readonly PartDraft[]): boolean => text(a) === text(b)

/** Minutes as they count now: what is not a number yet counts as none. */
export const minutesOf = ({ minutes }: Pick<PartDraft, 'minutes'>): number => {
  const value = Number(minutes)
  return Number.isFinite(value) && value > 0 ? value : 0
}
export const totalMinutes = (parts: readonly PartDraft[]): number => parts.reduce((sum, part) => sum + minutesOf(part), 0)

/** A guest speaks in a part, or does not any more. */
export function withGuest(part: PartDraft, guest: Pick<Guest, 'id' | 'name'>, speaks: boolean): PartDraft {
  const others = part.speakers.filter(({ guestId }) => guestId !== guest.id)
  return { ...part, speakers: speaks ? [...others, { guestId: guest.id, name: guest.name }] : others }
}

/** Guests who are no longer invited are kept by name, and those who are have the name that they have now. */
export function withGuests(parts: readonly PartDraft[], guests: readonly Pick<Guest, 'id' | 'name'>[]): PartDraft[] {
  const known = new Map(guests.map(({ id, name }) => [id, name]))
  return copyParts(parts).map((part) => ({ ...part, speakers: part.speakers.map(({ guestId, name }) => ({ guestId: guestId !== null && known.has(guestId) ? guestId : null, name: (guestId !== null && known.get(guestId)) || name })) }))
}

/** Mine, with the parts of theirs that were on and that I do not have: the server keeps those. */
export function keepMine(mine: readonly PartDraft[], theirs: readonly PartDraft[], wasOn: (id: string) => boolean): PartDraft[] {
  return copyParts([...theirs.filter(({ id }) => wasOn(id) && !mine.some((part) => part.id === id)), ...mine])
}

/** Issue codes by dotted path: `items.0.title` → `too_short`. */
export type Issues = Record<string, string>

/** The request that saves `parts`, or what is wrong with them. */
export function toSave(sessionId: string, expectedVersion: number, parts: readonly PartDraft[]): { ok: true; input: SaveAgenda } | { ok: false; issues: Issues } {
  const items = parts.map((part) => ({ ...part, minutes: part.minutes === '' ? undefined : Number(part.minutes) }))
  const parsed = saveAgendaSchema.safeParse({ sessionId, expectedVersion, items })
  if (parsed.success) return { ok: true, input: parsed.data }
  const issues: Issues = {}
  for (const issue of parsed.error.issues) {
    const own: unknown = issue.code === 'custom' ? issue.params?.['code'] : null
    issues[issue.path.join('.')] ??= typeof own === 'string' ? own : issue.code
  }
  return { ok: false, issues }
}
