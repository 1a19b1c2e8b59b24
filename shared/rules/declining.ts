/**
 * Why a question is declined: one code from this list, and words where the code alone would not tell. A code is stable; clients translate it (`decline.<code>`).
 */
export const DECLINE_CODES = [
  'off_topic', // not about this session's subject
  'not_ours', // another county's, or a higher authority's
  'unclear', // cannot be understood as it stands
  'answered_before', // the answer is public already; the words say where
  'in_procedure', // before a court, in petition or review: must not be judged here
  'no_time', // the session ended first
  'spam', // advertising, the same text again and again
  'privacy', // names or exposes a private person
  'unlawful', // the law forbids its publication
  'defamation', // insults or accuses a person without grounds
  'other', // needs words
] as const

export type DeclineCode = (typeof DECLINE_CODES)[number]

/** Codes under which the law or somebody's privacy keeps a text from the public. */
export type HidingCode = Extract<DeclineCode, 'privacy' | 'unlawful' | 'defamation'>

/** Whether the text of a question declined so stays hidden in public. Only the law or somebody's privacy hides a text; the code says which. */
export function hidesText(code: DeclineCode): code is HidingCode {
  return code === 'privacy' || code === 'unlawful' || code === 'defamation'
}
