import type { ChatMessage } from '../../shared/chat.ts'
import type { HeldReason } from '../../shared/questions.ts'

/** A chat message as the server keeps it. `held`: why it waits for review; null: everybody sees it. */
export type StoredChat = Omit<ChatMessage, 'speaker'> & { held: HeldReason | null; sessionId: string; seq: number; personId: string; deletedAt: string | null; departmentId: string | null; spokesperson: number }

export const chatMessage = ({ id, text, name, author, at, departmentId, spokesperson }: StoredChat): ChatMessage => ({
  id,
  text,
  name,
  author,
  at,
  speaker: departmentId === null ? null : { departmentId, spokesperson: spokesperson !== 0 },
})

/** A held message as its author sees it. */
export const waitingMessage = (stored: StoredChat): ChatMessage => ({ ...chatMessage(stored), waiting: true })

/** The conversation as one person sees it: what everybody sees and what of theirs is held, the last `limit`, oldest first. */
export function withOwnHeld(everybody: readonly ChatMessage[], held: readonly ChatMessage[], limit: number): ChatMessage[] {
  if (held.length === 0) return [...everybody]
  return [...everybody, ...held].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-limit)
}

/** Milliseconds that somebody who last wrote at `lastAt` still has to wait at `now`. */
export function slowModeWait(lastAt: string | null, seconds: number, now: string): number {
  if (lastAt === null || seconds === 0) return 0
  return Math.max(0, Date.parse(lastAt) + seconds * 1_000 - Date.parse(now))
}
