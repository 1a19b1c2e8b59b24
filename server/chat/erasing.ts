import type { SessionCommit } from '../sessions/commit.ts'

/** Deletes all that one person wrote in the conversation, and tells everybody who saw it. @returns how many messages could still be read */
export async function eraseChat(tx: SessionCommit, personId: string): Promise<number> {
  const written = await tx.chat.ofPerson(tx.session.id, personId)
  for (const { id, held } of written) {
    tx.forget(`chat:${id}`)
    if (held === null) tx.emit('public', { type: 'chat_deleted', id })
    else tx.emit('desk', { type: 'chat_held_gone', id })
  }
  await tx.chat.removeOf(tx.session.id, personId)
  return written.length
}
