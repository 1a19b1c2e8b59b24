/**
 * Every refusal the server can give, in one list. A code is stable: clients translate it (`error.<code>`) and scripts rely on it.
 * `offline` and `timeout` are made by the client itself when no answer came.
 */
export const ERROR_CODES = [
  'invalid_input', // the input does not fit its schema; `issues` says where
  'too_large', // body or message above the limit
  'unauthenticated', // no identity came with the request
  'forbidden', // this person may not do this
  'not_found',
  'stale', // somebody else changed it first; `current` is what is now true
  'wrong_state', // the lifecycle has no such step from where it stands
  'closed', // this session takes no questions, votes or chat now
  'rate_limited', // too many in a short time; `retryAfterMs`
  'slow_mode', // chat or questions: this person must wait; `retryAfterMs`
  'intake_paused', // the host has paused questions; `current` is the session, with the reason
  'protocol_mismatch', // the page is older or newer than the server: reload
  'media_unavailable', // no media worker, or the room is being rebuilt
  'link_invalid', // sign-in link forged, expired or revoked
  'link_in_use', // another device holds this guest's link; `current` says which
  'wrong_credentials', // user name and password do not fit
  'code_invalid', // one-time, authenticator or recovery code wrong, used or too old
  'locked', // too many wrong guesses; `retryAfterMs`
  'second_factor_required', // this role counts only once a second factor is set up
  'taken', // somebody else has this user name, code or identity
  'identity_required', // this session wants to know who asks; `current` is its rule
  'consent_required', // the privacy notice was not agreed to; `current` is its version
  'gateway_failed', // the county's message gateway or sign-in provider did not answer as it should
  'internal',
  'offline',
  'timeout',
] as const

// No schema here: this file is in every page, and a page that only watches need not load zod.
export type ErrorCode = (typeof ERROR_CODES)[number]

/** One place where an input did not fit: `path` is dotted, `code` is zod's issue code or one of our own. `reason`: with `weak_password`, see rules/passwords.ts. */
export type InputIssue = { path: string; code: string; reason?: string }

export type Refusal = {
  code: ErrorCode
  issues?: InputIssue[]
  /** Milliseconds until the same request may succeed. */
  retryAfterMs?: number
  /** With `stale` and `wrong_state`: the present truth, in the shape that the desk shows. */
  current?: unknown
}

/** Every request is acknowledged with exactly one of these, over HTTP and over the socket alike. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: Refusal }

/** Thrown by use cases and caught at the edge, where it becomes an `Ack`. */
export class RefusedError extends Error {
  readonly refusal: Refusal
  constructor(code: ErrorCode, extra: Omit<Refusal, 'code'> = {}) {
    super(code)
    this.name = 'RefusedError'
    this.refusal = { code, ...extra }
  }
}
