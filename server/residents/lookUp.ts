import type { LookUp, LookedUp } from '../../shared/identity.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import type { Vault } from '../accounts/vault.ts'
import { auditActor } from '../audit/actor.ts'
import type { AuditStore } from '../audit/store.ts'
import type { ChatStore } from '../chat/store.ts'
import type { FloorStore } from '../floor/store.ts'
import type { QuestionStore } from '../questions/store.ts'
import { openOrigin } from './activity.ts'
import { openKnown } from './binding.ts'
import { identityLine } from './rules.ts'
import type { ResidentStore } from './store.ts'

type Stores = { residents: ResidentStore; questions: QuestionStore; chat: ChatStore; hands: FloorStore; audit: AuditStore }

/** The one way from what was said to who said it. */
export function createLookUpService(deps: { access: Access; transact: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>; vault: Vault; now: () => Date }) {
  const { access, transact, vault, now } = deps

  async function said(stores: Stores, { sessionId, subject, id }: LookUp): Promise<{ personId: string; text: string; title: string }> {
    switch (subject) {
      case 'question': {
        const question = await stores.questions.byId(id)
        if (question?.sessionId === sessionId) return { personId: question.personId, text: question.originalText, title: `#${question.number}` }
        break
      }
      case 'chat': {
        const message = await stores.chat.byId(id)
        if (message?.sessionId === sessionId) return { personId: message.personId, text: message.text, title: '' }
        break
      }
      case 'hand': {
        const hand = await stores.hands.byId(id)
        // Raised for somebody without a device: there is nothing that leads to them.
        if (hand?.sessionId === sessionId && hand.personId !== null) return { personId: hand.personId, text: hand.givenAbout, title: `#${hand.number}` }
      }
    }
    throw new RefusedError('not_found')
  }

  return {
    /**
     * Who stands behind a question, a chat message or a raised hand. It is written down, with the reason, before anything is shown.
     * @throws RefusedError `forbidden`, `not_found`
     */
    async find(adminId: string, address: string, input: LookUp): Promise<LookedUp> {
      await access.require(adminId, null, 'identity.look_up')
      const actor = await auditActor(access, adminId, address)
      const found = await transact(async (stores) => {
        const { personId, text, title } = await said(stores, input)
        await stores.audit.append({ ...actor, action: 'look_up', subject: title, sessionId: input.sessionId, detail: { subject: input.subject, id: input.id, reason: input.reason } }, now().toISOString())
        return { text, verifications: await stores.residents.ofPerson(personId), activity: await stores.residents.activityOf(input.id) }
      })
      const origin = found.activity && openOrigin(vault, found.activity.sealed)
      return {
        text: found.text,
        verified: found.verifications.map(({ method, provider, sealed, at }) => {
          const known = openKnown(vault, sealed)
          return { method, provider, identity: known === null ? '' : identityLine(known), at }
        }),
        network: found.activity && origin && { ...origin, at: found.activity.at },
      }
    },
  }
}
