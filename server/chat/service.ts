import type { ChatMessage, DeleteChat, HeldChat, SendChat } from '../../shared/chat.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import { may } from '../../shared/rules/permissions.ts'
import { takesChat } from '../../shared/rules/sessionLifecycle.ts'
import { isResident } from '../../shared/rules/identity.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { Screening } from '../moderation/screening.ts'
import { personAudience, pseudonym } from '../questions/rules.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { NoteActivity } from '../residents/activity.ts'
import type { Consents } from '../residents/consents.ts'
import { requireConsent, requireKnown } from '../residents/known.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import { chatMessage, waitingMessage, slowModeWait } from './rules.ts'
import type { StoredChat } from './rules.ts'

/** Messages of one session that wait for review at most. The desk holds all of them: what would have to wait beyond that is refused. */
const HELD_AT_MOST = 300
/** Milliseconds after which somebody whose message found no room may try again. */
const RETRY_AFTER = 60_000

export type ChatService = ReturnType<typeof createChatService>

export function createChatService(deps: {
  access: Access
  commit: CommitToSession
  screening: Screening
  consents: Pick<Consents, 'require'>
  noteActivity: NoteActivity
  secret: string
  limits: { person: RateLimiter; address: RateLimiter }
}) {
  const { access, commit, screening, consents, noteActivity, secret, limits } = deps
  return {
    /**
     * A message that must be reviewed first is shown to the desk and to its author, who is told that it waits. A retry with the same id by the same person answers
     * with what the first made.
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `closed`, `slow_mode` with `retryAfterMs`, `consent_required`, `identity_required`
     */
    async send(personId: string, address: string, input: SendChat, device = ''): Promise<{ message: ChatMessage; held: boolean }> {
      const actor = await access.require(personId, input.sessionId, 'chat.send')
      await requireConsent(consents, actor)
      await Promise.all([limits.person.take(personId), limits.address.take(address)])
      return commit(input.sessionId, async (tx) => {
        const existing = await tx.chat.byId(input.id)
        if (existing) {
          if (existing.personId !== personId || existing.sessionId !== input.sessionId) throw new RefusedError('forbidden')
          return { message: chatMessage(existing), held: existing.held !== null }
        }
        if (!takesChat(tx.session.phase, tx.session.settings)) throw new RefusedError('closed')
        await requireKnown(tx, actor)
        if (!may(actor, 'chat.delete')) {
          const wait = slowModeWait(await tx.chat.lastAt(input.sessionId, personId), tx.session.settings.chatSlowSeconds, tx.now)
          if (wait > 0) throw new RefusedError('slow_mode', { retryAfterMs: wait })
        }
        const author = pseudonym(secret, input.sessionId, personId)
        // Whose role does not count, for want of a second factor say, speaks as anybody.
        const speaker = isResident(actor) ? null : await tx.chat.speaker(personId)
        const reasons = await screening(tx, author, [input.text, speaker?.name ?? input.name ?? ''])
        // Who is muted or banned is told apart from what was written: it says more.
        const held = reasons.find((reason) => reason !== 'sensitive_word') ?? reasons[0] ?? null
        if (held !== null && (await tx.chat.heldCount(input.sessionId)) >= HELD_AT_MOST) throw new RefusedError('rate_limited', { retryAfterMs: RETRY_AFTER })
        const text = maskNumbers(input.text)
        // Who speaks for a department does so under the name of their account.
        const name = speaker?.name ?? (input.name === null ? null : maskNumbers(input.name))
        const stored: StoredChat = { id: input.id, sessionId: input.sessionId, text, name, seq: tx.session.seq + 1, personId, author, at: tx.now, deletedAt: null, departmentId: speaker?.departmentId ?? null, spokesperson: speaker?.spokesperson ?? 0, held }
        await tx.chat.insert(stored)
        await noteActivity(tx, { subject: 'chat', subjectId: input.id, personId }, { address, device })
        const message = chatMessage(stored)
        if (held === null) tx.emit('public', { type: 'chat', message })
        else {
          const waiting: HeldChat = { ...message, held }
          tx.emit('desk', { type: 'chat_held', message: waiting })
          tx.emit(personAudience(personId), { type: 'chat', message: waitingMessage(stored) })
        }
        return { message, held: held !== null }
      })
    },

    /** Deleting what is gone already changes nothing. @throws RefusedError `forbidden`, `not_found` when there is no such session */
    async delete(personId: string, input: DeleteChat, address = ''): Promise<null> {
      await access.require(personId, input.sessionId, 'chat.delete')
      const who = await auditActor(access, personId, address)
      return commit(input.sessionId, async (tx) => {
        const message = await tx.chat.byId(input.messageId)
        if (!message || !(await tx.chat.delete(input.sessionId, input.messageId, tx.now))) return null
        tx.forget(`chat:${message.id}`)
        // Neither the words nor whose they were: only that something was taken away, and by whom.
        await tx.audit.append({ ...who, action: 'chat_delete', subject: tx.session.title, sessionId: input.sessionId, detail: { published: message.held === null } }, tx.now)
        if (message.held === null) tx.emit('public', { type: 'chat_deleted', id: message.id })
        else {
          tx.emit('desk', { type: 'chat_held_gone', id: message.id })
          tx.emit(personAudience(message.personId), { type: 'chat_deleted', id: message.id })
        }
        return null
      })
    },

    /**
     * Shows everybody what was held; it takes its place in the conversation now. Releasing what is not held changes nothing.
     * @throws RefusedError `forbidden`, `not_found` when there is no such message
     */
    async release(personId: string, input: DeleteChat): Promise<null> {
      await access.require(personId, input.sessionId, 'chat.delete')
      return commit(input.sessionId, async (tx) => {
        const message = await tx.chat.byId(input.messageId)
        if (!message || message.sessionId !== input.sessionId || message.deletedAt !== null) throw new RefusedError('not_found')
        if (message.held === null) return null
        await tx.chat.release(message.id, tx.session.seq + 1, tx.now)
        tx.emit('desk', { type: 'chat_held_gone', id: message.id })
        tx.emit('public', { type: 'chat', message: { ...chatMessage(message), at: tx.now } })
        return null
      })
    },
  }
}
