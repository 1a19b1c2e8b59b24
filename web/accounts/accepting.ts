import { LIMITS } from '../../shared/limits.ts'
import type { InputIssue, Refusal } from '../../shared/protocol/errors.ts'
import { passwordWeakness } from '../../shared/rules/passwords.ts'
import { cleanLine, countCharacters } from '../../shared/rules/text.ts'
import { usernameSchema } from '../../shared/staff.ts'

/** What is typed to make an account, or to give one a new password. */
export type Typed = { siteName: string; name: string; username: string; password: string }
export type Field = keyof Typed
/** Why a field does not do. `username`: not in the form of one. `taken`: somebody has it. `weak_password`: the field itself says why. */
export type FieldIssue = 'too_short' | 'too_long' | 'username' | 'taken' | 'weak_password' | 'other'
export type FieldIssues = Partial<Record<Field, FieldIssue>>

function lineIssue(text: string, longest: number): FieldIssue | undefined {
  const length = countCharacters(cleanLine(text))
  return length === 0 ? 'too_short' : length > longest ? 'too_long' : undefined
}

const RULES: Record<Field, (typed: Typed) => FieldIssue | undefined> = {
  siteName: ({ siteName }) => lineIssue(siteName, LIMITS.titleLength),
  name: ({ name }) => lineIssue(name, LIMITS.nameLength),
  username: ({ username }) => (username.trim() === '' ? 'too_short' : usernameSchema.safeParse(username).success ? undefined : 'username'),
  password: ({ password, username, name }) => (passwordWeakness(password, { username: username.trim(), name }) ? 'weak_password' : undefined),
}

/** What is wrong with those of `fields` that are asked for. */
export function issuesOf(typed: Typed, fields: readonly Field[]): FieldIssues {
  const issues: FieldIssues = {}
  for (const field of fields) {
    const issue = RULES[field](typed)
    if (issue) issues[field] = issue
  }
  return issues
}

function issueOf({ path, code }: InputIssue): FieldIssue {
  if (code === 'weak_password' || code === 'too_short' || code === 'too_long' || code === 'taken') return code
  return path === 'username' ? 'username' : 'other'
}

/** What the server says of fields; null: the refusal is about something else. */
export function refusedFields(refusal: Refusal, fields: readonly Field[]): FieldIssues | null {
  if (refusal.code === 'taken') return { username: 'taken' }
  if (refusal.code !== 'invalid_input') return null
  const known = (refusal.issues ?? []).flatMap((issue) => {
    const field = fields.find((candidate) => candidate === issue.path)
    return field ? [[field, issueOf(issue)] as const] : []
  })
  return known.length > 0 ? Object.fromEntries(known) : null
}
