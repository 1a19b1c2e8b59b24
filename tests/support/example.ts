import { randomUUID } from 'node:crypto'
import { z } from 'zod'

/** What fits where a schema asks for more than its JSON Schema can say; by the name of the field. */
const BY_NAME: Record<string, unknown> = {
  token: 'a'.repeat(43),
  ticket: 'a'.repeat(43),
  username: 'somebody',
  phone: '13800000000',
  password: 'seven mountains and a river',
  next: 'eight mountains and a river',
  code: '123456',
  back: '/',
  from: '2026-11-22',
  startsAt: '2026-11-22T01:30:00.000Z',
  url: 'https://receiver.example/hook',
  endpoint: 'https://push.example/device',
  reason: '有人投诉，需要核实',
}

type Shape = z.core.JSONSchema.JSONSchema

const BY_PATTERN: Record<string, string> = {
  '^[a-z0-9]{6,20}$': 'nosuchone1',
  '^[a-z0-9-]{1,30}$': 'county',
}
const BY_FORMAT: Record<string, () => string> = {
  uuid: randomUUID,
  'date-time': () => '2026-11-22T01:30:00.000Z',
  date: () => '2026-11-22',
  uri: () => 'https://example.com/',
}

function text(shape: Shape): string {
  const made = shape.format === undefined ? undefined : BY_FORMAT[shape.format]?.()
  const patterned = shape.pattern === undefined ? undefined : BY_PATTERN[shape.pattern]
  return made ?? patterned ?? '一'.repeat(Math.max(1, shape.minLength ?? 1))
}

function from(shape: Shape, name: string): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (name in BY_NAME && shape.type === 'string') return BY_NAME[name]
  const choice = (shape.anyOf ?? shape.oneOf)?.[0]
  if (typeof choice === 'object') return from(choice, name)
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        (shape.required ?? []).map((key) => {
          const field = shape.properties?.[key]
          return [key, typeof field === 'object' ? from(field, key) : null]
        }),
      )
    case 'array':
      return Array.from({ length: shape.minItems ?? 0 }, () => (typeof shape.items === 'object' && !Array.isArray(shape.items) ? from(shape.items, name) : null))
    case 'string':
      return text(shape)
    case 'integer':
    case 'number':
      return Math.max(0, shape.minimum ?? 0)
    case 'boolean':
      return true
    default:
      return null
  }
}

/**
 * Something that `schema` accepts, made from the schema itself.
 * @throws when what was made does not fit: the field needs a line in BY_NAME
 */
export function exampleOf(schema: z.ZodType): unknown {
  const example = from(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '')
  const parsed = schema.safeParse(example)
  if (!parsed.success) throw new Error(`no example: ${JSON.stringify(parsed.error.issues)}`)
  return example
}
