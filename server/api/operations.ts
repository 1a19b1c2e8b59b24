import { z } from 'zod'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { cutBodySchema } from '../../shared/administration.ts'
import { setAnnouncementSchema } from '../../shared/attendance.ts'
import { ledgerCheckSchema, ledgerFileSchema } from '../../shared/api/ledger.ts'
import { outcomesSchema, questionsExportSchema, ruleVerdictSchema } from '../../shared/api/outcomes.ts'
import { questionFateSchema } from '../../shared/api/questions.ts'
import { sessionSummarySchema, sessionViewSchema } from '../../shared/api/sessions.ts'
import { deliverySchema, webhookSchema } from '../../shared/api/webhooks.ts'
import { exportQuerySchema, outcomesQuerySchema } from '../../shared/outcomes.ts'
import { pushEndpointSchema, pushSubscriptionSchema } from '../../shared/push.ts'
import { receiptParamsSchema } from '../../shared/questions.ts'
import { idSchema, sessionIdSchema } from '../../shared/schemas.ts'
import { createSessionSchema, editSessionSchema } from '../../shared/sessions.ts'
import { createWebhookSchema, deliveryParamsSchema, editWebhookSchema, webhookParamsSchema } from '../../shared/webhooks.ts'
import { NOTHING, csv, data, json } from './operation.ts'
import type { Operation } from './operation.ts'
import { ACCOUNTS_OPERATIONS } from './operations.accounts.ts'
import { ADMINISTRATION_OPERATIONS } from './operations.administration.ts'
import { IDENTITY_OPERATIONS } from './operations.identity.ts'
import { RESIDENTS_OPERATIONS } from './operations.residents.ts'
import { SHARING_OPERATIONS } from './operations.sharing.ts'
import { SITE_OPERATIONS } from './operations.site.ts'
import { SYMPOSIUM_OPERATIONS } from './operations.symposium.ts'

/** Every route below /api. A test compares this with the routes that the server has, and their answers with these schemas. */
export const OPERATIONS: readonly Operation[] = [
  ...IDENTITY_OPERATIONS,

  { method: 'get', path: '/api/sessions', tag: 'sessions', summary: 'The schedule, newest start first', needs: null, answer: data(z.array(sessionSummarySchema)), errors: [] },
  { method: 'post', path: '/api/sessions', tag: 'sessions', summary: 'Make a session', description: 'The id is yours: a retry with the same one makes nothing twice.', needs: 'session.create', body: json(createSessionSchema), answer: data(sessionViewSchema), errors: ['forbidden', 'stale', 'too_large'] },
  { method: 'get', path: '/api/sessions/:id', tag: 'sessions', summary: 'One session', needs: null, params: sessionParamsSchema, answer: data(sessionViewSchema), errors: ['not_found'] },
  { method: 'put', path: '/api/sessions/:id', tag: 'sessions', summary: 'Change a session', description: '`stale` when it is no longer at `expectedVersion`; `current` is then what is true. `wrong_state` when it would change a promise after the end, or the kind of a symposium that has begun.', needs: 'session.edit', params: sessionParamsSchema, body: json(editSessionSchema), answer: data(sessionViewSchema), errors: ['forbidden', 'not_found', 'stale', 'wrong_state', 'too_large'] },
  { method: 'post', path: '/api/sessions/:id/cut', tag: 'sessions', summary: 'Cut everything off', description: 'Picture, sound, questions and chat stop at once, until the session is resumed. Twice changes nothing.', needs: 'session.cut', params: sessionParamsSchema, body: json(cutBodySchema), answer: data(NOTHING), errors: ['forbidden', 'not_found', 'wrong_state', 'too_large'] },
  { method: 'put', path: '/api/sessions/:id/announcement', tag: 'sessions', summary: 'Pin a notice', description: 'Stands above everything on the session’s page; empty takes it away. `stale` when the session is no longer at `expectedVersion`.', needs: 'session.edit', params: sessionParamsSchema, body: json(setAnnouncementSchema), answer: data(sessionViewSchema), errors: ['forbidden', 'not_found', 'stale', 'too_large'] },
  { method: 'get', path: '/api/sessions/:id/calendar.ics', tag: 'sessions', summary: 'Calendar entry', needs: null, params: sessionParamsSchema, answer: { kind: 'file', type: 'text/calendar' }, errors: ['not_found'] },

  { method: 'get', path: '/api/questions/:receipt', tag: 'questions', summary: 'What became of one question', description: 'For whoever has the receipt. Phone and identity numbers are masked.', needs: null, params: receiptParamsSchema, answer: data(questionFateSchema), errors: ['not_found'] },

  { method: 'get', path: '/api/sessions/:id/outcomes', tag: 'ledger', summary: 'What became of every question', description: 'At most 100 questions a page, in order of number; the figures are of all. A text is hidden only while it waits for review, when it was withdrawn, or when the law or somebody’s privacy asks for it.', needs: null, params: sessionParamsSchema, query: outcomesQuerySchema, answer: data(outcomesSchema), errors: ['not_found'] },
  { method: 'get', path: '/api/sessions/:id/rule', tag: 'ledger', summary: 'Whether the promise on the choice of questions is kept', description: 'null when nothing was promised.', needs: null, params: sessionParamsSchema, answer: data(ruleVerdictSchema.nullable()), errors: ['not_found'] },
  { method: 'get', path: '/api/sessions/:id/ledger', tag: 'ledger', summary: 'Download the ledger', description: 'The file that `npm run ledger:verify -- FILE` checks without a network.', needs: null, params: sessionParamsSchema, answer: { kind: 'file', type: 'application/json', schema: ledgerFileSchema }, errors: ['not_found'] },
  { method: 'get', path: '/api/sessions/:id/ledger/check', tag: 'ledger', summary: 'Let the server hold its tables against the ledger', needs: null, params: sessionParamsSchema, answer: data(ledgerCheckSchema), errors: ['not_found'] },

  { method: 'get', path: '/api/sessions/:id/outcomes.csv', tag: 'exports', summary: 'What became of every question, as a table', description: 'UTF-8 with a byte order mark; times in Asia/Shanghai.', needs: null, params: sessionParamsSchema, query: exportQuerySchema, answer: csv, errors: ['not_found'] },
  { method: 'get', path: '/api/sessions/:id/questions.csv', tag: 'exports', summary: 'Everything of every question, as a table', needs: 'session.export', params: sessionParamsSchema, query: exportQuerySchema, answer: csv, errors: ['forbidden', 'not_found'] },
  { method: 'get', path: '/api/sessions/:id/questions.json', tag: 'exports', summary: 'Everything of every question', needs: 'session.export', params: sessionParamsSchema, answer: { kind: 'file', type: 'application/json', schema: questionsExportSchema }, errors: ['forbidden', 'not_found'] },

  { method: 'post', path: '/api/pictures', tag: 'pictures', summary: 'Keep a picture', description: 'With `session`: for a question of that session, by anybody. Without: a guest’s portrait, by a host. With `use=emblem`: for the site, by whoever may `settings.manage`. It is re-encoded; nothing but its pixels is kept.', needs: null, query: z.strictObject({ session: sessionIdSchema.optional(), use: z.literal('emblem').optional() }), body: { kind: 'binary', types: ['image/jpeg', 'image/png', 'image/webp'] }, answer: data(z.strictObject({ id: idSchema })), errors: ['forbidden', 'not_found', 'closed', 'too_large'] },
  { method: 'get', path: '/api/pictures/:id', tag: 'pictures', summary: 'A picture', description: 'A question’s picture is seen by whoever may see the question.', needs: null, params: z.strictObject({ id: idSchema }), answer: { kind: 'file', type: 'image/webp' }, errors: ['not_found'] },

  { method: 'get', path: '/api/webhooks', tag: 'webhooks', summary: 'All webhooks, oldest first', needs: 'webhooks.manage', answer: data(z.array(webhookSchema)), errors: ['forbidden'] },
  { method: 'post', path: '/api/webhooks', tag: 'webhooks', summary: 'Add a webhook', description: 'The id is yours: a retry with the same one makes nothing twice.', needs: 'webhooks.manage', body: json(createWebhookSchema), answer: data(webhookSchema), errors: ['forbidden', 'too_large'] },
  { method: 'put', path: '/api/webhooks/:id', tag: 'webhooks', summary: 'Change a webhook', needs: 'webhooks.manage', params: webhookParamsSchema, body: json(editWebhookSchema), answer: data(webhookSchema), errors: ['forbidden', 'not_found', 'too_large'] },
  { method: 'delete', path: '/api/webhooks/:id', tag: 'webhooks', summary: 'Remove a webhook with its deliveries', needs: 'webhooks.manage', params: webhookParamsSchema, answer: data(NOTHING), errors: ['forbidden'] },
  { method: 'post', path: '/api/webhooks/:id/test', tag: 'webhooks', summary: 'Send an event `test`', needs: 'webhooks.manage', params: webhookParamsSchema, answer: data(deliverySchema), errors: ['forbidden', 'not_found'] },
  { method: 'get', path: '/api/webhooks/:id/deliveries', tag: 'webhooks', summary: 'The last 50 deliveries, newest first', needs: 'webhooks.manage', params: webhookParamsSchema, answer: data(z.array(deliverySchema)), errors: ['forbidden', 'not_found'] },
  { method: 'post', path: '/api/webhooks/:id/deliveries/:deliveryId/again', tag: 'webhooks', summary: 'Send a delivery once more', needs: 'webhooks.manage', params: deliveryParamsSchema, answer: data(NOTHING), errors: ['forbidden', 'not_found'] },

  { method: 'get', path: '/api/push/key', tag: 'push', summary: 'The key that a browser subscribes with', needs: null, answer: data(z.strictObject({ key: z.string() })), errors: [] },
  { method: 'put', path: '/api/push', tag: 'push', summary: 'Have this device told', needs: null, body: json(pushSubscriptionSchema), answer: data(NOTHING), errors: ['too_large'] },
  { method: 'delete', path: '/api/push', tag: 'push', summary: 'Have this device told no longer', needs: null, body: json(pushEndpointSchema), answer: data(NOTHING), errors: ['too_large'] },

  { method: 'get', path: '/api/openapi.json', tag: 'description', summary: 'This description', needs: null, answer: { kind: 'file', type: 'application/json' }, errors: [] },
  { method: 'get', path: '/api/docs', tag: 'description', summary: 'This description as a page', needs: null, answer: { kind: 'file', type: 'text/html' }, errors: [] },
  { method: 'get', path: '/api/docs/:file', tag: 'description', summary: 'What that page is made of', needs: null, params: z.strictObject({ file: z.string() }), answer: { kind: 'file', type: '*/*' }, errors: ['not_found'] },
  ...ACCOUNTS_OPERATIONS,
  ...RESIDENTS_OPERATIONS,
  ...ADMINISTRATION_OPERATIONS,
  ...SITE_OPERATIONS,
  ...SYMPOSIUM_OPERATIONS,
  ...SHARING_OPERATIONS,
]
