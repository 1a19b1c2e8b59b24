import { z } from 'zod'
import { identityRuleSchema } from '../../../shared/identity.ts'
import type { SelectionRule } from '../../../shared/rules/selection.ts'
import { DEFAULT_SETTINGS, OPEN_INTAKE, createSessionSchema, editSessionSchema, sessionKindSchema } from '../../../shared/sessions.ts'
import type { CreateSession, Guest, SessionSettings, SessionView } from '../../../shared/sessions.ts'
import { fromLocalInput, toLocalInput } from '../../ui/formatTime.ts'

const HOUR = 3_600_000

/** A string while it is being typed. */
const typedNumber = z.union([z.number(), z.string()])

/** What a host has typed, before it is known to fit. Kept in the browser, so its shape is checked when it comes back. */
export const draftSchema = z.object({
  // With a default, so that a draft kept by a page of before there were symposiums is not lost.
  kind: sessionKindSchema.default('interview'),
  title: z.string(),
  topic: z.string(),
  introduction: z.string(),
  /** As `<input type="datetime-local">` has it, in the county's time. */
  startsAt: z.string(),
  plannedMinutes: typedNumber,
  guests: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      post: z.string(),
      department: z.string(),
      pictureId: z.string().nullable(),
      departmentId: z.string().nullable().default(null),
      spokesperson: z.boolean().default(false),
    }),
  ),
  settings: z.object({
    reviewFirst: z.boolean(),
    askBefore: z.boolean(),
    chatEnabled: z.boolean(),
    chatSlowSeconds: typedNumber,
    // With defaults, so that a draft kept by a page of before these existed is not lost.
    topics: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
    rule: z.object({ top: typedNumber, perTopic: typedNumber, correctEarly: z.boolean() }).nullable().default(null),
    lateMinutes: typedNumber.default(0),
    answerSeconds: typedNumber.default(0),
    identity: identityRuleSchema.default('anonymous'),
  }),
})
export type Draft = z.infer<typeof draftSchema>

/** A new session, an interview until told otherwise: on the next full hour a day from now, with careful settings. */
export function emptyDraft(now: number): Draft {
  return {
    kind: 'interview',
    title: '',
    topic: '',
    introduction: '',
    startsAt: toLocalInput(new Date(Math.ceil(now / HOUR) * HOUR + 24 * HOUR).toISOString()),
    plannedMinutes: 60,
    guests: [],
    settings: { ...copySettings(DEFAULT_SETTINGS), chatSlowSeconds: 5 },
  }
}

/** The promise to begin with, when a host decides to make one. */
export const FIRST_RULE: SelectionRule = { top: 5, perTopic: 0, correctEarly: false }

export function emptyGuest(id: string): Guest {
  return { id, name: '', post: '', department: '', pictureId: null, departmentId: null, spokesperson: false }
}

/** While everything is cut off, the chat is as it will be afterwards: saving another field must not switch it off for good. */
export function draftOf({ kind, title, topic, introduction, startsAt, plannedMinutes, guests, settings, intake }: SessionView): Draft {
  const { chatEnabled } = intake.cut?.before ?? settings
  return { kind, title, topic, introduction, startsAt: toLocalInput(startsAt), plannedMinutes, guests: guests.map((guest) => ({ ...guest })), settings: copySettings({ ...settings, chatEnabled }) }
}

/** Settings of their own, down to the last topic. */
function copySettings(settings: Draft['settings']): Draft['settings'] {
  return { ...settings, topics: settings.topics.map((topic) => ({ ...topic })), rule: settings.rule && { ...settings.rule } }
}

/** A draft of its own, free of Vue's proxies. */
export function copyDraft(draft: Draft): Draft {
  return { ...draft, guests: draft.guests.map((guest) => ({ ...guest })), settings: copySettings(draft.settings) }
}

const asNumber = (value: number | string) => (value === '' ? undefined : Number(value))

function fields(draft: Draft) {
  const { chatSlowSeconds, lateMinutes, answerSeconds, rule } = draft.settings
  const settings = {
    ...draft.settings,
    chatSlowSeconds: asNumber(chatSlowSeconds),
    lateMinutes: asNumber(lateMinutes),
    answerSeconds: asNumber(answerSeconds),
    rule: rule && { ...rule, top: asNumber(rule.top), perTopic: asNumber(rule.perTopic) },
  }
  return { ...draft, startsAt: fromLocalInput(draft.startsAt), plannedMinutes: asNumber(draft.plannedMinutes), settings }
}

/** Issue codes by dotted path: `guests.0.name` → `too_short`. The first one of a place counts. */
export type Issues = Record<string, string>

function issuesOf(error: z.ZodError): Issues {
  const issues: Issues = {}
  for (const issue of error.issues) {
    const own: unknown = issue.code === 'custom' ? issue.params?.['code'] : null
    issues[issue.path.join('.')] ??= typeof own === 'string' ? own : issue.code
  }
  return issues
}

type Checked<T> = { ok: true; input: T } | { ok: false; issues: Issues }

function check<S extends z.ZodType>(schema: S, input: unknown): Checked<z.output<S>> {
  const parsed = schema.safeParse(input)
  return parsed.success ? { ok: true, input: parsed.data } : { ok: false, issues: issuesOf(parsed.error) }
}

/** What POST /api/sessions takes, or what is wrong with the draft. */
export const toCreate = (draft: Draft, id: string): Checked<CreateSession> => check(createSessionSchema, { id, ...fields(draft) })
/** What PUT /api/sessions/:id takes, or what is wrong with the draft. */
export const toEdit = (draft: Draft, expectedVersion: number) => check(editSessionSchema, { expectedVersion, ...fields(draft) })

export type Field = Exclude<keyof Draft, 'settings'> | keyof SessionSettings
const PLAIN_FIELDS = ['kind', 'title', 'topic', 'introduction', 'startsAt', 'plannedMinutes', 'guests'] as const
const SETTINGS = ['reviewFirst', 'askBefore', 'chatEnabled', 'chatSlowSeconds', 'topics', 'rule', 'lateMinutes', 'answerSeconds', 'identity'] as const satisfies readonly (keyof SessionSettings)[]

/** Typed numbers are strings and loaded ones are not; both mean the same. */
const same = (a: unknown, b: unknown) => JSON.stringify(a, (_, value: unknown) => (typeof value === 'number' ? String(value) : value)) === JSON.stringify(b, (_, value: unknown) => (typeof value === 'number' ? String(value) : value))

/** In which fields two drafts differ. */
export function differences(a: Draft, b: Draft): Field[] {
  return [...PLAIN_FIELDS.filter((field) => !same(a[field], b[field])), ...SETTINGS.filter((field) => !same(a.settings[field], b.settings[field]))]
}

/** Whether the server keeps exactly what was sent to it. */
export function sameFields(view: SessionView, sent: Omit<CreateSession, 'id'>): boolean {
  return differences(draftOf(view), draftOf({ ...view, ...sent, intake: OPEN_INTAKE })).length === 0
}

export type Merge = {
  draft: Draft
  /** Changed by others only: taken over. */
  taken: Field[]
  /** Changed by both: mine is kept, theirs is to be looked at. */
  conflicts: Field[]
}

/** Brings what others changed since `base` into `mine`, without losing anything that I changed. */
export function merge(base: Draft, mine: Draft, theirs: Draft): Merge {
  const changedByMe = new Set(differences(base, mine))
  const changedByThem = differences(base, theirs)
  const taken = changedByThem.filter((field) => !changedByMe.has(field))
  const draft = copyDraft(mine)
  for (const field of PLAIN_FIELDS) if (taken.includes(field)) Object.assign(draft, { [field]: theirs[field] })
  for (const field of SETTINGS) if (taken.includes(field)) Object.assign(draft.settings, { [field]: theirs.settings[field] })
  const differing = new Set(differences(mine, theirs))
  return { draft, taken, conflicts: changedByThem.filter((field) => changedByMe.has(field) && differing.has(field)) }
}
