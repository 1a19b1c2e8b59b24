/** A string of one megabyte: far more than any field takes, less than cuts the line. */
const MEGABYTE = 'x'.repeat(1024 * 1024)

export type Malformed = { name: string; payload: unknown }

function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** As JSON.parse makes it: an own property of that name, where a literal would set the prototype. */
const withKey = (valid: object, key: string, value: unknown): unknown => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)},${JSON.stringify(valid).slice(1)}`)

/**
 * `valid` spoilt in every way that a schema must notice: another shape altogether, a field missing, unknown or of a wrong type, names that reach for the prototype,
 * one megabyte, deep nesting.
 * @param accepted spoilings that are no mistake, `field=null`, `field={}` or `-field` for one that may be left out
 */
export function malformedOf(valid: object, accepted: readonly string[] = []): Malformed[] {
  const shapes: Malformed[] = [
    { name: 'null', payload: null },
    { name: 'a number', payload: 7.5 },
    { name: 'text', payload: JSON.stringify(valid) },
    { name: 'a megabyte', payload: MEGABYTE },
    { name: 'a list', payload: [valid] },
    { name: 'true', payload: true },
    { name: 'an empty object', payload: {} },
    { name: 'deep nesting', payload: nested(1_000) },
    { name: 'an unknown field', payload: { ...valid, admin: true } },
    { name: 'an unknown field, deep', payload: { ...valid, extra: nested(1_000) } },
    ...['__proto__', 'constructor', 'prototype', 'toString'].map((key) => ({ name: key, payload: withKey(valid, key, { admin: true }) })),
  ]
  const fields = Object.entries(valid).flatMap(([field, value]): Malformed[] => [
    { name: `-${field}`, payload: Object.fromEntries(Object.entries(valid).filter(([key]) => key !== field)) },
    { name: `${field}=null`, payload: { ...valid, [field]: null } },
    { name: `${field}=7.5`, payload: { ...valid, [field]: 7.5 } },
    { name: `${field}=NaN`, payload: { ...valid, [field]: 'NaN' } },
    { name: `${field}=[]`, payload: { ...valid, [field]: [] } },
    { name: `${field}={}`, payload: { ...valid, [field]: {} } },
    { name: `${field}=deep`, payload: { ...valid, [field]: nested(1_000) } },
    { name: `${field}=megabyte`, payload: { ...valid, [field]: MEGABYTE } },
    ...(typeof value === 'boolean' ? [] : [{ name: `${field}=true`, payload: { ...valid, [field]: true } }]),
  ])
  return [...shapes, ...fields].filter(({ name }) => !accepted.includes(name))
}
