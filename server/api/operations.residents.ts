import type { Operation } from './operation.ts'

/** Residents: how they are known, what they agreed to, what is kept of them. */
export const RESIDENTS_OPERATIONS: readonly Operation[] = []
