import type { StaffDeps } from './deps.ts'

const TOKEN_BYTES = 32

export type InvitationTokens = ReturnType<typeof createInvitationTokens>

/** Tokens of links for staff: 256 random bits, kept as a digest only. */
export function createInvitationTokens({ vault, random, publicUrl }: Pick<StaffDeps, 'vault' | 'random' | 'publicUrl'>) {
  const digest = (token: string) => vault.digest('invitation', token)
  return {
    digest,
    make(): { token: string; digest: string } {
      const token = Buffer.from(random(TOKEN_BYTES)).toString('base64url')
      return { token, digest: digest(token) }
    },
    url: (token: string): string => `${publicUrl}/invite/${token}`,
  }
}
