import type { Operation } from './operation.ts'

/** Staff: signing in, their own account, invitations, the first set-up, and administering them. */
export const ACCOUNTS_OPERATIONS: readonly Operation[] = []
