import { randomUUID } from 'node:crypto'
import { createAccess } from './accounts/access.ts'
import { createBatch } from './accounts/batch.ts'
import { createCookies } from './accounts/cookie.ts'
import { createIdentities } from './accounts/identity.ts'
import { createLinkStore } from './accounts/linkStore.ts'
import { createAccounts, createGrantReader } from './accounts/register.ts'
import { createSignInStore } from './accounts/signIns.ts'
import { createAccountStore } from './accounts/store.ts'
import type { Signer } from './accounts/tokens.ts'
import { createRightsStore } from './accounts/rights.ts'
import { createVault } from './accounts/vault.ts'
import { createAdministrationService } from './administration/service.ts'
import { createAdministrationStore } from './administration/store.ts'
import { createAgendaService } from './agenda/service.ts'
import { createAttendance } from './attendance/register.ts'
import { createAttendanceStore } from './attendance/store.ts'
import { createAuditStore } from './audit/store.ts'
import { createChatService } from './chat/service.ts'
import { createChatStore } from './chat/store.ts'
import { createCommit } from './db/commit.ts'
import type { Database } from './db/database.ts'
import { createDepartmentService } from './departments/service.ts'
import { createDepartmentStore } from './departments/store.ts'
import { createEmbedTokens } from './embed/tokens.ts'
import { createExportService } from './exports/service.ts'
import { createHandLife } from './floor/life.ts'
import { createFloorService } from './floor/service.ts'
import { createFloorSeats } from './floor/seats.ts'
import { createFloorStore } from './floor/store.ts'
import { createForumService } from './forums/service.ts'
import { createForumStore } from './forums/store.ts'
import { createLedgerService } from './ledger/service.ts'
import { createLedgerStore } from './ledger/store.ts'
import { createOutcomeService } from './outcomes/service.ts'
import { createOutcomeStore } from './outcomes/store.ts'
import type { OutcomeStore } from './outcomes/store.ts'
import { createPlatformWordService } from './moderation/platformWords.ts'
import { createScreening } from './moderation/screening.ts'
import { createModerationService } from './moderation/service.ts'
import { createModerationStore } from './moderation/store.ts'
import { createPollAnswerService } from './polls/answers.ts'
import { createPollService } from './polls/service.ts'
import { createWordScreening } from './polls/screening.ts'
import { createPollStore } from './polls/store.ts'
import { createPictureService } from './pictures/service.ts'
import { createPictureStore } from './pictures/store.ts'
import { createQuestionLife } from './questions/life.ts'
import { createMergingStore } from './questions/merging.ts'
import { createObjectionService } from './questions/objecting.ts'
import { createReceipts } from './questions/receipts.ts'
import { createQuestionService } from './questions/service.ts'
import { createQuestionStore } from './questions/store.ts'
import { createActivity } from './residents/activity.ts'
import { createKnowing } from './residents/knowing.ts'
import { openConsents } from './residents/register.ts'
import { createResidentStore } from './residents/store.ts'
import { createRecords } from './records/records.ts'
import { createGuessLimiter, createRateLimiter } from './realtime/limiter.ts'
import { createEventStore } from './realtime/store.ts'
import { createAnnouncementService } from './sessions/announcing.ts'
import { createCutService } from './sessions/cutting.ts'
import { createMutingService } from './sessions/muting.ts'
import { createSessionService } from './sessions/service.ts'
import { createSessionStore } from './sessions/store.ts'
import type { SessionStore } from './sessions/store.ts'
import { createSyncService } from './sessions/sync.ts'
import { createLibrary } from './similar/library.ts'
import { createSimilarService } from './similar/service.ts'
import { createSimilarStore } from './similar/store.ts'
import { createSiteService } from './site/service.ts'
import { createSiteStore } from './site/store.ts'
import { createSpotService } from './spot/service.ts'
import { createSpotStore, spotRecord } from './spot/store.ts'
import type { SpotStore } from './spot/store.ts'
import { COST } from './staff/passwords.ts'
import type { Cost } from './staff/passwords.ts'
import { createStaff } from './staff/register.ts'
import { createJudgeService } from './votes/judging.ts'
import { createVoteService } from './votes/service.ts'
import { createVoteStore } from './votes/store.ts'
import { CALENDAR } from './workdays/calendar.ts'
import { createWorkdayService } from './workdays/service.ts'

/** People whose grants one query reads at most. */
const GRANTS_AT_ONCE = 1_000

export type Core = ReturnType<typeof createCore>

/**
 * Every use case over one database, without a network: what the sockets and routes call, and what fills the demonstration.
 * `committed` hears of every commit after it is durable, and of how much it wrote for the outside.
 */
export function createCore(deps: {
  database: Database
  signer: Signer
  secret: string
  publicUrl: string
  now: () => Date
  /** The work that a guess takes. */
  passwordCost?: Cost
  committed: (sessionId: string, seq: number, deliveries: number) => void
  watching: (sessionId: string) => number
}) {
  const { database, signer, secret, publicUrl, now, passwordCost = COST, committed, watching } = deps
  const vault = createVault(secret)
  const receipts = createReceipts(vault)
  const stores = {
    sessions: createSessionStore(database.read),
    questions: createQuestionStore(database.read),
    accounts: createAccountStore(database.read),
    signIns: createSignInStore(database.read, vault),
    ledger: createLedgerStore(database.read),
    events: createEventStore(database.read),
    pictures: createPictureStore(database.read),
    residents: createResidentStore(database.read),
    site: createSiteStore(database.read),
  }
  const { commit, create } = createCommit(database, now, committed, vault)
  const access = createAccess(createBatch(createGrantReader(stores.accounts, stores.site, now), [], GRANTS_AT_ONCE), Date.now)
  const cookies = createCookies(signer, publicUrl.startsWith('https:'))
  const embeds = createEmbedTokens(signer)
  const identities = createIdentities({ cookies, embeds, vault, read: stores.signIns, writing: (work) => database.transact((tx) => work(createSignInStore(tx, vault))), now })
  /** After a person's grants or sign-ins changed: nothing of them is answered from this process's memory. */
  const forget = (personId: string) => {
    access.forget(personId)
    identities.forget(personId)
  }
  const consents = openConsents(database, now)
  const noteActivity = createActivity(vault)
  const records = createRecords({ database, access, receipts, now })
  const screening = createScreening()
  const life = createQuestionLife({ secret, screening, receipts })

  const reading = <T>(work: (stores: { sessions: SessionStore; outcomes: OutcomeStore; spots: SpotStore }) => Promise<T>) =>
    database.consistent((tx) => work({ sessions: createSessionStore(tx), outcomes: createOutcomeStore(tx), spots: createSpotStore(tx) }))
  const outcomes = createOutcomeService({ consistent: reading, now: () => now().getTime() })

  return {
    stores,
    access,
    vault,
    receipts,
    records,
    consents,
    life,
    commit,
    cookies,
    embeds,
    identities,
    forget,
    ...createAccounts({
      database,
      access,
      signer,
      vault,
      publicUrl,
      commit,
      site: stores.site,
      guestsOf: async (sessionId) => (await stores.sessions.byId(sessionId))?.guests ?? null,
      residentOf: createKnowing({ read: stores.residents, identity: async () => (await stores.site.setting('identity')).value, consents, vault }),
      forget,
      now,
    }),
    cuts: createCutService({ access, commit, secret }),
    announcements: createAnnouncementService({ access, commit, secret }),
    staff: createStaff({ database, access, vault, publicUrl, forget, passwordCost, now }),
    sessions: createSessionService({ access, sessions: stores.sessions, accounts: stores.accounts, commit, create, life, secret }),
    sync: createSyncService({
      access,
      consistent: (work) =>
        database.consistent((tx) =>
          work({
            sessions: createSessionStore(tx),
            questions: createQuestionStore(tx),
            votes: createVoteStore(tx),
            moderation: createModerationStore(tx),
            chat: createChatStore(tx),
            polls: createPollStore(tx),
            links: createLinkStore(tx),
            hands: createFloorStore(tx),
            attendance: createAttendanceStore(tx),
            spots: createSpotStore(tx),
            events: createEventStore(tx),
          }),
        ),
      receipts,
      epoch: database.epoch,
      now,
      watching,
    }),
    questions: createQuestionService({
      access,
      commit,
      life,
      receipts,
      questions: stores.questions,
      sessions: stores.sessions,
      ledger: stores.ledger,
      spotsOf: async (ids) => (await createSpotStore(database.read).about(ids)).map(spotRecord),
      consents,
      noteActivity,
      // A hall or a mobile network shares one address, so an address may do far more than a person.
      limits: { person: createRateLimiter(6, 60), address: createRateLimiter(600, 60), steps: createRateLimiter(20, 60) },
    }),
    objections: createObjectionService({ access, commit, life, limit: createRateLimiter(20, 60) }),
    moderation: createModerationService({
      access,
      commit,
      life,
      receipts,
      questions: stores.questions,
      merging: createMergingStore(database.read),
      moderation: createModerationStore(database.read),
      sessions: stores.sessions,
      set: (key, valueJson, note) =>
        database.transact(async (tx) => {
          await createModerationStore(tx).set(key, valueJson)
          await createAuditStore(tx).append(note, now().toISOString())
        }),
      secret,
    }),
    votes: createVoteService({ access, commit, limit: createRateLimiter(60, 60), secret, newId: randomUUID, now: Date.now }),
    judges: createJudgeService({ access, commit, secret }),
    similar: createSimilarService({
      access,
      library: createLibrary({
        consistent: (work) => database.consistent((tx) => work({ sessions: createSessionStore(tx), similar: createSimilarStore(tx) })),
        sessions: stores.sessions,
        events: stores.events,
      }),
      store: createSimilarStore(database.read),
      // Asked while somebody types, a few times for one question.
      limits: { person: createRateLimiter(60, 60), address: createRateLimiter(1_200, 60) },
    }),
    agenda: createAgendaService({ access, commit, secret }),
    floor: createFloorService({
      access,
      commit,
      life: createHandLife({ secret, screening }),
      consents,
      noteActivity,
      secret,
      limits: {
        person: createRateLimiter(6, 60),
        address: createRateLimiter(600, 60),
        steps: createRateLimiter(20, 60),
        // Six digits are not guessed within hours; a hall in which thirty people mistype within ten minutes is told to ask a helper.
        codes: { person: createGuessLimiter(6, 600), address: createGuessLimiter(30, 600) },
      },
    }),
    floorSeats: createFloorSeats(createFloorStore(database.read)),
    muting: createMutingService({ access, accounts: stores.accounts, commit, secret }),
    polls: createPollService({ access, commit, secret }),
    spots: createSpotService({ access, commit, departmentOf: createDepartmentStore(database.read).byId, secret }),
    pollAnswers: createPollAnswerService({ access, commit, screen: createWordScreening(secret), limit: createRateLimiter(60, 60), now: Date.now }),
    chat: createChatService({ access, commit, screening, consents, noteActivity, secret, limits: { person: createRateLimiter(10, 20), address: createRateLimiter(1_200, 60) } }),
    administration: createAdministrationService({ access, store: createAdministrationStore(database.read), watching, now }),
    attendance: createAttendance({ database, access, signer, vault, publicUrl, commit, consents, forget, note: records.note, secret, now }),
    forums: createForumService({
      access,
      store: createForumStore(database.read),
      transact: (work) => database.transact((tx) => work({ forums: createForumStore(tx), audit: createAuditStore(tx) })),
      now,
    }),
    departments: createDepartmentService({
      access,
      store: createDepartmentStore(database.read),
      transact: (work) => database.transact((tx) => work({ departments: createDepartmentStore(tx), audit: createAuditStore(tx) })),
      now,
    }),
    site: createSiteService({
      access,
      site: stores.site,
      writing: (work) => database.transact((tx) => work({ site: createSiteStore(tx), audit: createAuditStore(tx), rights: createRightsStore(tx) })),
      publicPicture: async (id) => (await stores.pictures.ownerOf(id))?.sessionId === null,
      vault,
      publicUrl,
      now,
    }),
    platformWords: createPlatformWordService({
      access,
      reading: (work) => database.consistent((tx) => work(createModerationStore(tx))),
      writing: (work) => database.transact((tx) => work({ moderation: createModerationStore(tx), audit: createAuditStore(tx) })),
      now,
    }),
    workdays: createWorkdayService({ access, calendar: CALENDAR, overrides: async () => (await stores.site.setting('workdays')).value, now }),
    ledger: createLedgerService({
      consistent: (work) => database.consistent((tx) => work({ sessions: createSessionStore(tx), ledger: createLedgerStore(tx), outcomes: createOutcomeStore(tx), spots: createSpotStore(tx), hands: createFloorStore(tx) })),
    }),
    outcomes,
    exports: createExportService({ access, consistent: reading, outcomes, now, note: records.note }),
    pictures: createPictureService({
      access,
      store: stores.pictures,
      questions: stores.questions,
      sessions: stores.sessions,
      residents: stores.residents,
      consents,
      writing: (work) => database.transact((tx) => work(createPictureStore(tx))),
      limits: { person: createRateLimiter(10, 300), address: createRateLimiter(200, 60) },
      now,
    }),
  }
}
