import type { Operation } from './operation.ts'

/** The site's settings, departments, and what every page may know of them. */
export const SITE_OPERATIONS: readonly Operation[] = []
