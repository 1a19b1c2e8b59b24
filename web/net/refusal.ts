import { RefusedError } from '../../shared/protocol/errors.ts'
import type { ErrorCode, Refusal } from '../../shared/protocol/errors.ts'

/** The refusal in whatever was thrown: `internal` for what is none of ours. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof RefusedError ? error.refusal : { code: 'internal' }
}

const PASSING: ReadonlySet<ErrorCode> = new Set(['offline', 'timeout', 'internal', 'rate_limited', 'media_unavailable', 'unauthenticated', 'protocol_mismatch'])

/** Whether the same request may succeed later without anybody changing it. */
export function isPassing(code: ErrorCode): boolean {
  return PASSING.has(code)
}
