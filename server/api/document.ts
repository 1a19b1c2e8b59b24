import { z } from 'zod'
import * as ledger from '../../shared/api/ledger.ts'
import * as outcomes from '../../shared/api/outcomes.ts'
import * as questions from '../../shared/api/questions.ts'
import * as sessions from '../../shared/api/sessions.ts'
import * as webhooks from '../../shared/api/webhooks.ts'
import { ERROR_CODES } from '../../shared/protocol/errors.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { PERMISSIONS } from '../../shared/rules/permissions.ts'
import { createSessionSchema, editSessionSchema } from '../../shared/sessions.ts'
import { createWebhookSchema, editWebhookSchema, webhookEventSchema } from '../../shared/webhooks.ts'
import type { WebhookEvent } from '../../shared/webhooks.ts'
import { STATUS } from '../http/answer.ts'
import { webhookDataSchemas, webhookQuestionSchema } from './deliveries.ts'
import type { Operation } from './operation.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

/** Schemas that several places share, or that deserve a name. */
const ANSWERS: Record<string, z.ZodType> = {
  Me: sessions.meSchema,
  SignInLink: sessions.signInLinkSchema,
  Session: sessions.sessionViewSchema,
  SessionSummary: sessions.sessionSummarySchema,
  PublicQuestion: questions.publicQuestionSchema,
  DeskQuestion: questions.deskQuestionSchema,
  WrittenAnswer: questions.writtenAnswerSchema,
  FateStep: questions.fateStepSchema,
  QuestionFate: questions.questionFateSchema,
  Outcome: outcomes.outcomeSchema,
  Outcomes: outcomes.outcomesSchema,
  RuleVerdict: outcomes.ruleVerdictSchema,
  QuestionsExport: outcomes.questionsExportSchema,
  LedgerFile: ledger.ledgerFileSchema,
  LedgerCheck: ledger.ledgerCheckSchema,
  Webhook: webhooks.webhookSchema,
  Delivery: webhooks.deliverySchema,
  WebhookQuestion: webhookQuestionSchema,
}
const INPUTS: Record<string, z.ZodType> = { CreateSession: createSessionSchema, EditSession: editSessionSchema, CreateWebhook: createWebhookSchema, EditWebhook: editWebhookSchema }

const uri = (name: string) => `#/components/schemas/${name}`

/** In words, from the table of permissions. */
function whoMay(needs: Operation['needs']): string {
  if (needs === null) return 'Everybody may.'
  if (needs === 'account') return 'Needs an account that is signed in.'
  return `Needs \`${needs}\`: ${PERMISSIONS[needs].join(', ')}.`
}

/** JSON Schema of each, with pointers among them. */
function components(named: Record<string, z.ZodType>, io: 'input' | 'output'): { registry: z.core.$ZodRegistry<{ id: string }>; schemas: JsonObject } {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { io, uri, ...CLEANED })
  return { registry, schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema)])) }
}

/** What a schema transforms is text that it cleans: a string goes in and comes out. */
const CLEANED: Pick<NonNullable<Parameters<typeof z.toJSONSchema>[1]>, 'unrepresentable' | 'override'> = {
  unrepresentable: 'any',
  override({ zodSchema, jsonSchema }) {
    if (zodSchema._zod.def.type === 'transform') jsonSchema.type = 'string'
  },
}

/** Without what only makes sense in a file of its own. */
function bare(schema: object): JsonObject {
  const { $schema: _schema, $id: _id, ...rest } = JSON.parse(JSON.stringify(schema)) as JsonObject
  return rest
}

const answers = components(ANSWERS, 'output')
const inputs = components(INPUTS, 'input')

/** A pointer to a named schema, or the schema itself; lists of named ones point, too. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { registry } = io === 'input' ? inputs : answers
  const name = registry.get(schema)?.id
  if (name) return { $ref: uri(name) }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodType) return { type: 'array', items: schemaOf(schema.element, io) }
  if (schema instanceof z.ZodNullable && schema.unwrap() instanceof z.ZodType) return { anyOf: [schemaOf(schema.unwrap() as z.ZodType, io), { type: 'null' }] }
  return bare(z.toJSONSchema(schema, { io, ...CLEANED }))
}

const envelope = (data: JsonObject): JsonObject => ({ type: 'object', properties: { ok: { const: true }, data }, required: ['ok', 'data'], additionalProperties: false })

const REFUSAL: JsonObject = {
  type: 'object',
  description: 'A refusal. `code` is stable; `issues` says where an input did not fit, `retryAfterMs` when to come back, `current` what is true now.',
  properties: {
    ok: { const: false },
    error: {
      type: 'object',
      properties: {
        code: { type: 'string', enum: [...ERROR_CODES] },
        issues: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, code: { type: 'string' }, reason: { type: 'string' } }, required: ['path', 'code'] } },
        retryAfterMs: { type: 'number' },
        current: {},
      },
      required: ['code'],
    },
  },
  required: ['ok', 'error'],
}

function parameters({ params, query }: Operation): Json[] {
  const of = (schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] => {
    if (!schema) return []
    const { properties, required } = bare(z.toJSONSchema(schema, { io: 'input', ...CLEANED })) as { properties?: JsonObject; required?: string[] }
    return Object.entries(properties ?? {}).map(([name, shape]) => ({ name, in: where, required: where === 'path' || (required ?? []).includes(name), schema: shape }))
  }
  return [...of(params, 'path'), ...of(query, 'query')]
}

function refusals({ errors, params, query, body }: Operation): JsonObject {
  const codes = new Set<ErrorCode>([...(params ?? query ?? body ? (['invalid_input'] as const) : []), ...errors, 'rate_limited', 'internal'])
  const byStatus = Map.groupBy(codes, (code) => STATUS[code])
  return Object.fromEntries([...byStatus].map(([status, found]) => [String(status), { description: found.map((code) => `\`${code}\``).join(', '), content: { 'application/json': { schema: { $ref: uri('Refusal') } } } }]))
}

function success({ answer }: Operation): JsonObject {
  if (answer.kind === 'redirect') return { '303': { description: 'To a page', headers: { Location: { schema: { type: 'string' } } } } }
  if (answer.kind === 'data') return { '200': { description: 'Done', content: { 'application/json': { schema: envelope(schemaOf(answer.schema, 'output')) } } } }
  return { '200': { description: 'The file itself', content: { [answer.type]: answer.schema ? { schema: schemaOf(answer.schema, 'output') } : {} } } }
}

function operation(described: Operation): JsonObject {
  const { tag, summary, description, needs, body } = described
  const content: JsonObject = !body ? {} : body.kind === 'json' ? { 'application/json': { schema: schemaOf(body.schema, 'input') } } : Object.fromEntries(body.types.map((type) => [type, {}]))
  return {
    tags: [tag],
    summary,
    description: [description, whoMay(needs)].filter((part) => part !== undefined).join('\n\n'),
    security: needs === null ? [{}, { identity: [] }] : [{ identity: [] }],
    parameters: parameters(described),
    ...(body ? { requestBody: { required: true, content } } : {}),
    responses: { ...success(described), ...refusals(described) },
  }
}

/** What a webhook is called with, by event: as standardwebhooks.com has it. */
function webhook(event: WebhookEvent): JsonObject {
  const kind = event === 'session.phase' ? 'session' : event === 'poll.closed' ? 'poll' : event === 'spot.recorded' ? 'spot' : 'question'
  const header = (name: string, description: string): Json => ({ name, in: 'header', required: true, description, schema: { type: 'string' } })
  const body: JsonObject = {
    type: 'object',
    properties: { type: { const: event }, timestamp: { type: 'string', format: 'date-time' }, data: schemaOf(webhookDataSchemas[kind], 'output') },
    required: ['type', 'timestamp', 'data'],
  }
  return {
    post: {
      tags: ['webhooks'],
      summary: event,
      description: 'Signed with the webhook’s secret. Any answer from 200 to 299 takes it; everything else is tried again, up to ten times and ever more slowly; 410 ends it.',
      parameters: [header('webhook-id', 'The same at each attempt'), header('webhook-timestamp', 'Seconds since 1970'), header('webhook-signature', '`v1,` and a base64 HMAC-SHA256 over `id.timestamp.body`')],
      requestBody: { content: { 'application/json': { schema: body } } },
      responses: { '2XX': { description: 'Taken' } },
    },
  }
}

/** The OpenAPI 3.1 description of `operations`. `publicUrl` without a slash at its end; `cookie` is the name of a sign-in's. */
export function apiDocument(operations: readonly Operation[], { publicUrl, cookie }: { publicUrl: string; cookie: string }): JsonObject {
  const paths: { [path: string]: JsonObject } = {}
  for (const described of operations) {
    const path = described.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [described.method]: operation(described) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fangtan 访谈',
      version: '1',
      description: [
        'Every answer is `{ "ok": true, "data": … }` or a refusal `{ "ok": false, "error": { "code": … } }`, but for files. Times are UTC, ISO 8601.',
        'What happens while a session runs (asking, voting, moderating, chat, stage) goes over Socket.IO on the same origin; its events and their schemas stand in `shared/protocol/events.ts`.',
        'Who somebody is stands in http-only cookies: a signed one, which the first request below `/api` sets, names an anonymous person; another one is that of a browser which is signed in, by a password, a link (`POST /api/links/open`) or a verified identity, and may change with any answer. Requests that change something and come from another site’s page are refused.',
      ].join('\n\n'),
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    webhooks: Object.fromEntries(webhookEventSchema.options.map((event) => [event, webhook(event)])),
    components: {
      schemas: { ...answers.schemas, ...inputs.schemas, Refusal: REFUSAL },
      securitySchemes: { identity: { type: 'apiKey', in: 'cookie', name: cookie } },
    },
  }
}
