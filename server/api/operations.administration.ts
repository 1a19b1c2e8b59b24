import { z } from 'zod'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { auditQuerySchema, auditTableQuerySchema, saidQuerySchema } from '../../shared/administration.ts'
import { adminSessionSchema, saidSchema } from '../../shared/api/administration.ts'
import { auditPageSchema, retentionOutcomeSchema } from '../../shared/api/records.ts'
import { departmentSchema } from '../../shared/api/departments.ts'
import { createDepartmentSchema, departmentParamsSchema, editDepartmentSchema } from '../../shared/departments.ts'
import { retentionSchema } from '../../shared/site.ts'
import { csv, data, json } from './operation.ts'
import type { Operation } from './operation.ts'

/** What administrators and supervisors oversee. */
export const ADMINISTRATION_OPERATIONS: readonly Operation[] = [
  { method: 'get', path: '/api/departments', tag: 'site', summary: 'The county’s departments, by code', description: 'The archived too: they keep their names where they spoke. `officers` and `spokespeople` are names.', needs: null, answer: data(z.array(departmentSchema)), errors: [] },
  { method: 'post', path: '/api/admin/departments', tag: 'administration', summary: 'Add a department', description: 'The id is yours: a retry with the same one makes nothing twice. `taken`: another one has this code.', needs: 'departments.manage', body: json(createDepartmentSchema), answer: data(departmentSchema), errors: ['forbidden', 'taken', 'too_large'] },
  { method: 'put', path: '/api/admin/departments/:id', tag: 'administration', summary: 'Change or archive a department', description: '`stale` when it is no longer at `expectedVersion`; `current` is then what is true.', needs: 'departments.manage', params: departmentParamsSchema, body: json(editDepartmentSchema), answer: data(departmentSchema), errors: ['forbidden', 'not_found', 'taken', 'stale', 'too_large'] },
  { method: 'get', path: '/api/admin/sessions', tag: 'administration', summary: 'Every session, newest start first, with who works on it', needs: 'sessions.oversee', answer: data(z.array(adminSessionSchema)), errors: ['forbidden'] },
  { method: 'get', path: '/api/admin/sessions/:id/said', tag: 'administration', summary: 'What was said in a session, to choose what a look-up is about', description: 'At most 20, newest first: by a question’s number, or by words. What is hidden is found too; a deleted message without its words.', needs: 'identity.look_up', params: sessionParamsSchema, query: saidQuerySchema, answer: data(z.array(saidSchema)), errors: ['forbidden'] },
  { method: 'get', path: '/api/admin/audit', tag: 'administration', summary: 'The log of acts, newest first', description: 'At most 100 a page; `next` is the `before` of the following one. Days are the county’s.', needs: 'audit.view', query: auditQuerySchema, answer: data(auditPageSchema), errors: ['forbidden'] },
  { method: 'get', path: '/api/admin/audit.csv', tag: 'administration', summary: 'The log of acts as a table', description: 'UTF-8 with a byte order mark; times in Asia/Shanghai; at most 100,000 lines. That it was exported is written down, too.', needs: 'audit.export', query: auditTableQuerySchema, answer: csv, errors: ['forbidden'] },
  { method: 'get', path: '/api/admin/retention/preview', tag: 'administration', summary: 'What would be deleted now, by rule', needs: 'retention.run', answer: data(retentionOutcomeSchema), errors: ['forbidden'] },
  { method: 'post', path: '/api/admin/retention/preview', tag: 'administration', summary: 'What would be deleted now, under other periods', needs: 'retention.run', body: json(retentionSchema), answer: data(retentionOutcomeSchema), errors: ['forbidden', 'too_large'] },
  { method: 'post', path: '/api/admin/retention/run', tag: 'administration', summary: 'Delete what has been kept long enough', description: 'It is done once a day by itself. `rate_limited` while it is being done already.', needs: 'retention.run', answer: data(retentionOutcomeSchema), errors: ['forbidden'] },
]
