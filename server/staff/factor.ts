import type { Vault } from '../accounts/vault.ts'
import { newRecoveryCodes, stepOf, typedCode } from './codes.ts'
import type { Account } from './rules.ts'

const TOTP_PURPOSE = 'totp'

export const sealSecret = (vault: Vault, secret: string): string => vault.seal(TOTP_PURPOSE, secret)
export const openSecret = (vault: Vault, sealed: string): string | null => vault.open(TOTP_PURPOSE, sealed)

/** `code` as {@link typedCode} has it. */
const recoveryDigest = (vault: Vault, accountId: string, code: string) => vault.digest('recovery', `${accountId}:${code}`)

/** Ten new ones to be shown once, and what is kept of them. */
export function makeRecovery(vault: Vault, accountId: string, random: (bytes: number) => Uint8Array): { codes: string[]; recovery: string[] } {
  const codes = newRecoveryCodes(random)
  return { codes, recovery: codes.map((code) => recoveryDigest(vault, accountId, typedCode(code).code)) }
}

/** What becomes of an account by a code that fits (it never serves again); null: it does not fit. `now` in milliseconds. */
export function useCode(vault: Vault, account: Account, typed: string, now: number): { kind: 'authenticator' | 'recovery'; patch: Pick<Account, 'totpStep' | 'recovery'> } | null {
  const { kind, code } = typedCode(typed)
  const { totpSealed, totpStep, recovery } = account
  if (totpSealed === null) return null
  if (kind === 'recovery') {
    const digest = recoveryDigest(vault, account.id, code)
    return recovery.includes(digest) ? { kind, patch: { totpStep, recovery: recovery.filter((other) => other !== digest) } } : null
  }
  const secret = openSecret(vault, totpSealed)
  const step = secret === null ? null : stepOf(secret, code, now, totpStep)
  return step === null ? null : { kind, patch: { totpStep: step, recovery } }
}
