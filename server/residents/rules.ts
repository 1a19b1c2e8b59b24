import type { IdentityMethod } from '../../shared/identity.ts'
import { isResident, satisfies } from '../../shared/rules/identity.ts'
import type { IdentityRule } from '../../shared/identity.ts'
import type { Actor } from '../../shared/rules/permissions.ts'

/** How one-time codes are kept from being guessed or used to flood somebody's phone. Times in milliseconds. */
export const CODES = { validMs: 600_000, tries: 5, everyMs: 60_000, hourMs: 3_600_000, perHour: 5 } as const

/** Who somebody is behind their pseudonym, as it is sealed at rest. */
export type KnownAs = { method: 'phone'; phone: string } | { method: 'oidc'; issuer: string; sub: string; name: string | null; phone: string | null }

/** A verification as the server keeps it: `subject` is a keyed digest, `sealed` an {@link KnownAs}. `provider`: the provider's id, or `sms`. */
export type StoredVerification = { id: string; personId: string; method: IdentityMethod; provider: string; subject: string; sealed: string; at: string; seenAt: string }

/** A code that was sent: `phone` and `code` are keyed digests; `code` is empty once it was used. */
export type StoredCode = { id: string; personId: string; phone: string; code: string; attempts: number; createdAt: string; expiresAt: string }

/** Six digits out of a random number from 0 to 999,999. */
export const codeFrom = (random: number): string => String(random).padStart(6, '0')

/** What a resident reads on their phone. */
export function codeText(code: string, locale: 'zh-CN' | 'en', site: string): string {
  if (locale === 'en') return `${site === '' ? '' : `${site}: `}${code} is your code. It is valid for 10 minutes. Nobody will ever ask you for it.`
  return `${site === '' ? '' : `【${site}】`}验证码 ${code}，10 分钟内有效。请勿告诉他人，工作人员不会向您索要。`
}

/**
 * Milliseconds until another code may be sent to a number.
 * @param sent when codes went there in the last hour, ISO 8601, newest first
 */
export function codeWait(sent: readonly string[], now: number): number {
  const [last] = sent
  if (last === undefined) return 0
  const soonest = Date.parse(last) + CODES.everyMs
  const fifth = sent[CODES.perHour - 1]
  return Math.max(0, soonest - now, fifth === undefined ? 0 : Date.parse(fifth) + CODES.hourMs - now)
}

/** As much of a number as its owner needs to know it by: 138****0000. */
export const phoneHint = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** What is unique about somebody, to be digested: the same for everybody who shows the same number or the same account. */
export const subjectOf = (identity: KnownAs): string => JSON.stringify(identity.method === 'phone' ? ['phone', identity.phone] : ['oidc', identity.issuer, identity.sub])

/** In one line, for an administrator's look-up. */
export function identityLine(identity: KnownAs): string {
  if (identity.method === 'phone') return identity.phone
  return [identity.name, identity.phone, `${identity.sub} (${identity.issuer})`].filter((part) => part !== null).join(' · ')
}

/** Whether `actor`, known by `methods`, may take part under `rule`. */
export const mayTakePart = (actor: Actor, rule: IdentityRule, methods: readonly IdentityMethod[]): boolean => !isResident(actor) || satisfies(rule, methods)

/** Where to lead somebody who comes from a provider: `back`, a path of this site, with why it did not work. */
export function backWith(back: string, refused: string | null): string {
  const url = new URL(back, 'http://here.invalid')
  // What leads elsewhere once it is read as a browser does: `/.//elsewhere` is `//elsewhere` then.
  if (url.origin !== 'http://here.invalid' || url.pathname.startsWith('//')) return '/'
  if (refused !== null) url.searchParams.set('refused', refused)
  return `${url.pathname}${url.search}${url.hash}`
}
