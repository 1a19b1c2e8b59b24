import { randomInt, randomUUID } from 'node:crypto'
import type { Access } from '../accounts/access.ts'
import { linkAddress } from '../accounts/links.ts'
import { createLinkStore } from '../accounts/linkStore.ts'
import type { Signer } from '../accounts/tokens.ts'
import type { Vault } from '../accounts/vault.ts'
import type { AuditNote } from '../audit/rules.ts'
import type { Database } from '../db/database.ts'
import { createForumStore } from '../forums/store.ts'
import { createRateLimiter } from '../realtime/limiter.ts'
import type { SmsGateway } from '../residents/gateways/gateway.ts'
import type { Consents } from '../residents/consents.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import { createSessionStore } from '../sessions/store.ts'
import { createSiteStore } from '../site/store.ts'
import { createDoorService } from './door.ts'
import { createAttendeeExport } from './exporting.ts'
import { createErasePresence } from './forgetting.ts'
import { createMessageSender } from './message.ts'
import { createPhones } from './phones.ts'
import { createReminderService } from './reminding.ts'
import { createReplyService } from './replying.ts'
import { codeFrom } from './rules.ts'
import { createAttendanceService } from './service.ts'
import { createAttendanceStore } from './store.ts'
import { createAttendanceViews } from './viewing.ts'
import type { Consistent } from './viewing.ts'

const TEN_MINUTES = 600

export type Attendance = ReturnType<typeof createAttendance>

/** Who comes to a symposium: invitations, replies, the door, seats, reminders. */
export function createAttendance(deps: {
  database: Database
  access: Access
  signer: Signer
  vault: Vault
  publicUrl: string
  commit: CommitToSession
  consents: Consents
  forget: (personId: string) => void
  note: (note: AuditNote) => Promise<void>
  secret: string
  now: () => Date
}) {
  const { database, access, signer, vault, publicUrl, commit, consents, forget, note, secret, now } = deps
  const phones = createPhones(vault)
  const sms = async () => (await createSiteStore(database.read).setting('identity')).value.sms.kind !== 'off'
  const consistent: Consistent = (work) =>
    database.consistent((tx) => work({ sessions: createSessionStore(tx), attendance: createAttendanceStore(tx), links: createLinkStore(tx), forums: createForumStore(tx) }))
  // Nothing of it is kept: whoever has the server's secret makes it anew, nobody else can.
  const codeOf = (attendeeId: string) => codeFrom(vault.digest('check-in', attendeeId))
  const views = createAttendanceViews({ consistent, phones, urlOf: linkAddress({ signer, publicUrl }), sms })

  return {
    phones,
    erasing: createErasePresence({ secret, sms }),
    /** What tells their phones, by the county's gateway. */
    messages: (gateway: () => Promise<SmsGateway | null>) => createMessageSender({ read: createAttendanceStore(database.read), phones, gateway, siteName: async () => (await createSiteStore(database.read).setting('branding')).value.name, now }),
    office: createAttendanceService({ access, commit, views, phones, sms, newHallCode: () => String(randomInt(1_000_000)).padStart(6, '0'), newId: randomUUID, forget }),
    replies: createReplyService({
      access,
      commit,
      consistent,
      consents,
      phones,
      codeOf,
      sms,
      // A hall may apply behind one address.
      limits: { replies: createRateLimiter(30, TEN_MINUTES), person: createRateLimiter(10, TEN_MINUTES), address: createRateLimiter(300, TEN_MINUTES) },
    }),
    door: createDoorService({ access, commit, consistent, views, codeOf, sms, secret, now }),
    reminders: createReminderService({ access, commit, views, sms, startingBetween: createSessionStore(database.read).symposiumsBetween, now }),
    table: createAttendeeExport({ access, consistent, views, phones, note }),
  }
}
