import { randomUUID } from 'node:crypto'
import type { Access } from '../accounts/access.ts'
import { createBatch } from '../accounts/batch.ts'
import { createRightsStore } from '../accounts/rights.ts'
import { createSignInStore } from '../accounts/signIns.ts'
import { createAccountStore } from '../accounts/store.ts'
import type { Vault } from '../accounts/vault.ts'
import type { Attendance } from '../attendance/register.ts'
import { createAuditStore } from '../audit/store.ts'
import { createChatStore } from '../chat/store.ts'
import type { Database } from '../db/database.ts'
import { createFloorStore } from '../floor/store.ts'
import { createForgettingStore } from '../questions/forgetting.ts'
import type { PollAnswerService } from '../polls/answers.ts'
import type { QuestionLife } from '../questions/life.ts'
import type { Receipts } from '../questions/receipts.ts'
import { createQuestionStore } from '../questions/store.ts'
import { createRateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import { createSiteStore } from '../site/store.ts'
import { createBind } from './binding.ts'
import type { BindingStores } from './binding.ts'
import { createConsents } from './consents.ts'
import type { Consents } from './consents.ts'
import { createDataStore } from './dataStore.ts'
import { createDataService } from './data.ts'
import { createErasingStore } from './erasingStore.ts'
import { createErasingService } from './erasing.ts'
import { chosenGateway } from './gateways/chosen.ts'
import type { GatewayChoice } from './gateways/chosen.ts'
import { createLookUpService } from './lookUp.ts'
import { createOidcService } from './oidc.ts'
import { createPhoneService } from './phone.ts'
import { createProviders } from './provider.ts'
import { createResidentStore } from './store.ts'

const PEOPLE_AT_ONCE = 1_000
const TEN_MINUTES = 600

/** Whether people agreed to the notice. Apart from {@link registerResidents}, because every use case of residents asks. */
export function openConsents(database: Database, now: () => Date): Consents {
  const site = createSiteStore(database.read)
  return createConsents({
    notice: site.notice,
    agreed: createBatch(createResidentStore(database.read).consentsOf, 0, PEOPLE_AT_ONCE),
    write: (personId, version, locale) => database.transact((tx) => createResidentStore(tx).consent(personId, version, locale, now().toISOString())),
    now: () => now().getTime(),
  })
}

export type Residents = ReturnType<typeof registerResidents>

/**
 * How residents make themselves known, what they agreed to, and what they may have of themselves.
 * @param plainHttp whether an OpenID Connect provider may be reached without TLS
 */
export function registerResidents(deps: {
  database: Database
  access: Access
  vault: Vault
  receipts: Receipts
  life: QuestionLife
  pollAnswers: Pick<PollAnswerService, 'takeBack'>
  attendance: Pick<Attendance, 'erasing' | 'phones'>
  commit: CommitToSession
  consents: Consents
  forget: (personId: string) => void
  publicUrl: string
  plainHttp: boolean
} & GatewayChoice) {
  const { database, access, vault, receipts, life, pollAnswers, commit, consents, site, forget, publicUrl, now, log } = deps
  const bind = createBind(vault)
  const binding = <T>(work: (stores: BindingStores) => Promise<T>) =>
    database.transact((tx) => work({ residents: createResidentStore(tx), signIns: createSignInStore(tx, vault), accounts: createAccountStore(tx) }))
  const person = createRateLimiter(20, TEN_MINUTES)

  return {
    consents,
    phone: createPhoneService({
      consents,
      gateway: chosenGateway(deps),
      siteName: async () => (await site.view()).name,
      transact: binding,
      bind,
      vault,
      // Every code costs the county a message; a hall behind one address has to pass all the same.
      limits: { person: createRateLimiter(10, TEN_MINUTES), address: createRateLimiter(100, TEN_MINUTES), tries: createRateLimiter(30, TEN_MINUTES) },
      forget,
      now,
    }),
    oidc: createOidcService({
      consents,
      provider: async (id) => (await site.identitySettings()).providers.find((provider) => provider.id === id) ?? null,
      providers: createProviders({
        plainHttp: deps.plainHttp,
        now: () => now().getTime(),
        failed: (provider, error) => log.warn({ provider, reason: error instanceof Error ? error.message : 'unknown' }, 'the sign-in provider failed'),
      }),
      publicUrl,
      transact: binding,
      bind,
      vault,
      limits: { person, address: createRateLimiter(600, TEN_MINUTES) },
      forget,
      now,
    }),
    data: createDataService({ consistent: (work) => database.consistent((tx) => work(createDataStore(tx))), vault, receipts, phones: deps.attendance.phones, limit: createRateLimiter(10, TEN_MINUTES), now }),
    erasing: createErasingService({
      commit,
      life,
      pollAnswers,
      presence: deps.attendance.erasing,
      newId: randomUUID,
      read: { forgetting: createForgettingStore(database.read), erasing: createErasingStore(database.read) },
      transact: (work) =>
        database.transact((tx) => work({ erasing: createErasingStore(tx), signIns: createSignInStore(tx, vault), rights: createRightsStore(tx), audit: createAuditStore(tx) })),
      limit: createRateLimiter(10, TEN_MINUTES),
      forget,
      now,
    }),
    lookUps: createLookUpService({
      access,
      transact: (work) =>
        database.transact((tx) => work({ residents: createResidentStore(tx), questions: createQuestionStore(tx), chat: createChatStore(tx), hands: createFloorStore(tx), audit: createAuditStore(tx) })),
      vault,
      now,
    }),
  }
}
