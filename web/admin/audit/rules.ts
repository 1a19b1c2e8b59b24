import type { AuditAction, AuditEntry } from '../../../shared/administration.ts'

/** As typed; empty: everything. Dates are YYYY-MM-DD. */
export type AuditFilter = { action: AuditAction | ''; actor: string; session: string; from: string; to: string }
export const NO_FILTER: AuditFilter = { action: '', actor: '', session: '', from: '', to: '' }

/** What follows the address of the log or of its table: `?action=…`, or nothing. `extra` comes last. */
export function queryOf(filter: AuditFilter, extra: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams()
  for (const [key, typed] of Object.entries({ ...filter, ...extra })) {
    const value = typed.trim()
    if (value !== '') query.set(key, value)
  }
  return query.size > 0 ? `?${query}` : ''
}

/** How to say something: `find` gives a text by its name below `admin.audit`, or null where there is none; `time` a moment. */
export type AuditWords = { find: (name: string) => string | null; role: (name: string) => string | null; time: (iso: string) => string }

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

function valueText(key: string, value: string | number | boolean, words: AuditWords): string {
  if (typeof value === 'boolean') return words.find(value ? 'yes' : 'no') ?? String(value)
  if (typeof value === 'number') return String(value)
  if (key === 'changed') return value.split(' ').map((name) => words.find(`key.${name}`) ?? name).join(words.find('separator') ?? ' ')
  if (INSTANT.test(value)) return words.time(value)
  // What is typed by people (a name, a reason) may hold anything; only short plain words are names of texts.
  if (!/^\w+$/.test(value)) return value
  return words.find(`value.${key}.${value}`) ?? (key === 'role' || key === 'by' ? words.role(value) : null) ?? value
}

/** The facts of an act in words, in the order in which they were written down. Empty ones say nothing. */
export function detailText({ action, detail }: Pick<AuditEntry, 'action' | 'detail'>, words: AuditWords): { key: string; name: string; value: string }[] {
  return Object.entries(detail).flatMap(([key, value]) => (value === null || value === '' ? [] : [{ key, name: words.find(`keyOf.${action}.${key}`) ?? words.find(`key.${key}`) ?? key, value: valueText(key, value, words) }]))
}
