import type { Operation } from './operation.ts'

/** What administrators and supervisors oversee. */
export const ADMINISTRATION_OPERATIONS: readonly Operation[] = []
