import type { Erased } from '../../shared/identity.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import type { Identity } from '../accounts/identity.ts'
import type { RightsStore } from '../accounts/rights.ts'
import type { SignInStore } from '../accounts/signIns.ts'
import type { ErasePresence } from '../attendance/forgetting.ts'
import type { AuditStore } from '../audit/store.ts'
import { eraseChat } from '../chat/erasing.ts'
import type { PollAnswerService } from '../polls/answers.ts'
import { newAlias } from '../questions/forgetting.ts'
import type { ForgettingStore } from '../questions/forgetting.ts'
import type { QuestionLife } from '../questions/life.ts'
import { personAudience } from '../questions/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { castVotes } from '../votes/casting.ts'
import type { ErasingStore } from './erasingStore.ts'

/** Looks for what came in meanwhile; whoever goes on writing while they are erased is cut off in the end. */
const ROUNDS = 3

/**
 * What stays of an answered question: its public text, and what was answered. Of one that a moderator corrected, the asker's own wording goes, and that it was corrected
 * stays to be seen.
 */
export function unnamed(question: StoredQuestion): StoredQuestion {
  const edited = question.text !== maskNumbers(question.originalText)
  return { ...question, name: null, originalText: edited ? '' : question.text, pictureId: null, version: question.version + 1 }
}

/**
 * Takes a person out of everything, at once. What counted goes on counting, for nobody; but where a session wants to know who takes part, what is still being counted is taken
 * back: who is erased can make themselves known anew, and would count twice.
 */
export function createErasingService(deps: {
  commit: CommitToSession
  life: QuestionLife
  pollAnswers: Pick<PollAnswerService, 'takeBack'>
  presence: ErasePresence
  newId: () => string
  read: { forgetting: Pick<ForgettingStore, 'sessionsOf'>; erasing: Pick<ErasingStore, 'traces'> }
  transact: <T>(work: (stores: { erasing: ErasingStore; signIns: SignInStore; rights: RightsStore; audit: AuditStore }) => Promise<T>) => Promise<T>
  limit: RateLimiter
  forget: (personId: string) => void
  now: () => Date
}) {
  const { commit, life, pollAnswers, presence, newId, read, transact, limit, forget, now } = deps

  async function eraseQuestions(tx: SessionCommit, actor: Actor, aliasId: string): Promise<Pick<Erased, 'withdrawn' | 'unnamed'>> {
    const done = { withdrawn: 0, unnamed: 0 }
    const touched = new Set<string>()
    for (const { id } of await tx.questions.ofPerson(tx.session.id, aliasId)) {
      // Read anew: a step before may have moved it.
      const question = await tx.questions.byId(id)
      if (!question || question.state === 'withdrawn') continue
      if (question.state === 'answered') {
        const next = unnamed(question)
        if (question.pictureId !== null) await tx.pictures.remove(question.pictureId)
        await tx.questions.update(next)
        tx.forget(id)
        life.tell(tx, next, next.state)
        done.unnamed++
      } else {
        await life.take(tx, actor, question, { action: 'withdraw', sessionId: tx.session.id, questionId: id, expectedVersion: question.version }, touched)
        done.withdrawn++
      }
    }
    await life.settle(tx, touched)
    return done
  }

  /** Their own words, which only the desk has read: an objection is taken back with them. */
  async function eraseObjections(tx: SessionCommit, aliasId: string): Promise<void> {
    for (const questionId of Object.keys(await tx.moderation.objectionsOf(tx.session.id, aliasId))) {
      const objections = await tx.moderation.object(questionId, aliasId, null, tx.now)
      const question = await tx.questions.byId(questionId)
      if (!question) continue
      const next = { ...question, objections }
      await tx.questions.update(next)
      life.tell(tx, next, next.state)
    }
  }

  async function takeBack(tx: SessionCommit, aliasId: string): Promise<void> {
    if (tx.session.settings.identity === 'anonymous') return
    const voted = await tx.questions.votesOf(tx.session.id, aliasId)
    await castVotes(tx, voted.map((questionId) => ({ questionId, up: false, ballot: { personId: aliasId, address: '', device: '' } })), newId)
    await pollAnswers.takeBack(tx, aliasId)
  }

  /** The alias stands in the person's place first, so that nothing that is told or kept from here on names them. */
  const leave = (sessionId: string, personId: string, gateway: boolean): Promise<{ erased: Erased; losing: string[] }> =>
    commit(sessionId, async (tx) => {
      const alias = newAlias()
      const { sanctions } = await tx.forgetting.rekey(sessionId, new Map([[personId, alias]]))
      await tx.erasing.removeTold(sessionId, personAudience(personId))
      await takeBack(tx, alias.personId)
      // The ledger's pseudonym is the one under which they asked.
      const questions = await eraseQuestions(tx, { personId, roles: ['participant'] }, alias.personId)
      await eraseObjections(tx, alias.personId)
      const chat = await eraseChat(tx, alias.personId)
      const losing = await presence.erase(tx, personId, alias, gateway)
      await tx.pictures.removeOf(sessionId, alias.personId)
      if (sanctions > 0) tx.emit('desk', { type: 'sanctions', sanctions: await tx.moderation.sanctions(sessionId) })
      return { erased: { ...questions, chat }, losing }
    })

  const sessionsOf = async (personId: string) => new Set([...(await read.forgetting.sessionsOf(personId)), ...(await read.erasing.traces(personId, personAudience(personId)))])

  return {
    /**
     * Erases whoever asks; doing so again finds nothing. Accounts of staff are an administrator's to remove.
     * @throws RefusedError `forbidden`, `rate_limited`
     */
    async erase({ personId, kind }: Identity): Promise<Erased> {
      if (kind === 'staff') throw new RefusedError('forbidden')
      await limit.take(personId)
      const gateway = await presence.gateway()
      const erased: Erased = { withdrawn: 0, unnamed: 0, chat: 0 }
      let found = 0
      for (let round = 0; round < ROUNDS; round++) {
        const sessions = await sessionsOf(personId)
        if (sessions.size === 0) break
        found += sessions.size
        for (const sessionId of sessions) {
          const left = await leave(sessionId, personId, gateway)
          erased.withdrawn += left.erased.withdrawn
          erased.unnamed += left.erased.unnamed
          erased.chat += left.erased.chat
          left.losing.forEach(forget)
        }
      }
      const at = now().toISOString()
      await transact(async ({ erasing, signIns, rights, audit }) => {
        const signedIn = await signIns.closeAllOf(personId, 'erased', at)
        const rows = await erasing.removePerson(personId)
        await rights.shrank(personId, 'erased', at)
        if (found + rows + signedIn > 0) await audit.append({ actor: '', actorId: null, address: '', action: 'erasure', subject: '', detail: { ...erased } }, at)
      })
      forget(personId)
      return erased
    },
  }
}
