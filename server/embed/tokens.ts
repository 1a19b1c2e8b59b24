import { randomUUID } from 'node:crypto'
import type { EmbedIdentity } from '../../shared/embed.ts'
import type { Signer } from '../accounts/tokens.ts'

const PURPOSE = 'embed'
const PERSON = /^[0-9a-f-]{36}$/

/** Tokens that stand for an anonymous person where browsers send no cookies of ours (see shared/embed.ts). Nothing is kept of them here. */
export type EmbedTokens = {
  /** A person whom nobody has been yet. */
  issue: () => EmbedIdentity
  /** @returns the person, or null when the token was not made here for this */
  open: (token: string) => string | null
}

export function createEmbedTokens(signer: Signer): EmbedTokens {
  return {
    issue() {
      const personId = randomUUID()
      return { token: signer.sign(PURPOSE, personId), personId }
    },
    open(token) {
      const personId = signer.open(PURPOSE, token)
      return personId !== null && PERSON.test(personId) ? personId : null
    },
  }
}
