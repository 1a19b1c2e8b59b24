import { actorFrom } from '../accounts/access.ts'
import { eraseHands } from '../floor/forgetting.ts'
import type { Alias } from '../questions/forgetting.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { takeLink, takesReplies } from './facts.ts'
import { moved, unnamedAttendee } from './rules.ts'
import { settle } from './settling.ts'

/** Who is erased stands in the line under an alias, will not come unless they are there already, and leaves queue, floor and hall. */
export type ErasePresence = {
  /** To be asked before the commit: whether messages can be sent to phones. */
  gateway: () => Promise<boolean>
  /** @returns who else loses a link by it */
  erase: (tx: SessionCommit, personId: string, alias: Alias, gateway: boolean) => Promise<string[]>
}

export function createErasePresence({ secret, sms }: { secret: string; sms: () => Promise<boolean> }): ErasePresence {
  return {
    gateway: sms,
    async erase(tx, personId, alias, gateway) {
      const lines = await tx.attendance.allOfPerson(tx.session.id, personId)
      const losing: string[] = []
      for (const line of lines) {
        losing.push(...(await takeLink(tx, line)))
        if (line.grantId !== null) {
          await tx.accounts.rename(line.grantId, '')
          await tx.links.removeUses(line.grantId)
        }
        const leaves = takesReplies(tx.session) && line.checkedInAt === null && line.state !== 'refused' && line.state !== 'cancelled'
        await tx.attendance.update(unnamedAttendee(leaves ? moved(line, 'declined', tx.now) : line, alias.personId))
      }
      await tx.attendance.removePresence(tx.session.id, personId)
      await eraseHands(tx, secret, actorFrom(personId, null, []), alias, lines.map(({ id }) => id))
      if (lines.length > 0) await settle(tx, gateway)
      return losing
    },
  }
}
