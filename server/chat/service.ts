import type { ChatMessage, DeleteChat, SendChat } from '../../shared/chat.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { may } from '../../shared/rules/permissions.ts'
import { takesChat } from '../../shared/rules/sessionLifecycle.ts'
import type { Access } from '../accounts/access.ts'
import { pseudonym } from '../questions/rules.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import { chatMessage } from './store.ts'
import type { StoredChat } from './store.ts'

export type ChatService = ReturnType<typeof createChatService>

/** Milliseconds that somebody who last wrote at `lastAt` still has to wait at `now`. */
export function slowModeWait(lastAt: string | null, seconds: number, now: string): number {
  if (lastAt === null || seconds === 0) return 0
  return Math.max(0, Date.parse(lastAt) + seconds * 1_000 - Date.parse(now))
}

export function createChatService(deps: { access: Access; commit: CommitToSession; secret: string; limits: { person: RateLimiter; address: RateLimiter } }) {
  const { access, commit, secret, limits } = deps
  return {
    /**
     * A retry with the same id by the same person answers with what the first made.
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `closed`, `slow_mode` with `retryAfterMs`
     */
    async send(personId: string, address: string, input: SendChat): Promise<{ message: ChatMessage; held: boolean }> {
      const actor = await access.require(personId, input.sessionId, 'chat.send')
      await Promise.all([limits.person.take(personId), limits.address.take(address)])
      return commit(input.sessionId, async (tx) => {
        const existing = await tx.chat.byId(input.id)
        if (existing) {
          if (existing.personId !== personId || existing.sessionId !== input.sessionId) throw new RefusedError('forbidden')
          return { message: chatMessage(existing), held: existing.held !== null }
        }
        if (!takesChat(tx.session.phase, tx.session.settings)) throw new RefusedError('closed')
        if (!may(actor, 'chat.delete')) {
          const wait = slowModeWait(await tx.chat.lastAt(input.sessionId, personId), tx.session.settings.chatSlowSeconds, tx.now)
          if (wait > 0) throw new RefusedError('slow_mode', { retryAfterMs: wait })
        }
        const stored: StoredChat = { ...input, seq: tx.session.seq + 1, personId, author: pseudonym(secret, input.sessionId, personId), at: tx.now, deletedAt: null, held: null }
        await tx.chat.insert(stored)
        const message = chatMessage(stored)
        tx.emit('public', { type: 'chat', message })
        return { message, held: stored.held !== null }
      })
    },

    /** Deleting what is gone already changes nothing. @throws RefusedError `forbidden`, `not_found` */
    async delete(personId: string, input: DeleteChat): Promise<null> {
      await access.require(personId, input.sessionId, 'chat.delete')
      return commit(input.sessionId, async (tx) => {
        if (await tx.chat.delete(input.sessionId, input.messageId, tx.now)) tx.emit('public', { type: 'chat_deleted', id: input.messageId })
        return null
      })
    },
  }
}
