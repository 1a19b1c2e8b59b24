import { Router, json } from 'express'
import type { Logger } from 'pino'
import { createDepartmentSchema, departmentParamsSchema, editDepartmentSchema } from '../../shared/departments.ts'
import { LIMITS } from '../../shared/limits.ts'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { DepartmentService } from './service.ts'

export function departmentRoutes(deps: { service: DepartmentService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })
  router.get('/api/departments', answer(log, async () => service.list()))
  router.post('/api/admin/departments', body, answer(log, async (request, response) => service.create(personOf(response), clientAddress(request), parseInput(createDepartmentSchema, request.body))))
  router.put(
    '/api/admin/departments/:id',
    body,
    answer(log, async (request, response) => {
      const { id } = parseInput(departmentParamsSchema, request.params)
      return service.edit(personOf(response), clientAddress(request), id, parseInput(editDepartmentSchema, request.body))
    }),
  )
  return router
}
