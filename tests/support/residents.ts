import { randomUUID } from 'node:crypto'
import pino from 'pino'
import type { Core } from '../../server/core.ts'
import type { Database } from '../../server/db/database.ts'
import { createBind } from '../../server/residents/binding.ts'
import { registerResidents } from '../../server/residents/register.ts'
import { createResidentStore } from '../../server/residents/store.ts'
import { createSignInStore } from '../../server/accounts/signIns.ts'
import { createAccountStore } from '../../server/accounts/store.ts'
import { createSiteStore } from '../../server/site/store.ts'

export const PLACE = { address: '203.0.113.7', device: '测试浏览器' }
export const anonymous = (personId: string) => ({ personId, signInId: null, kind: null })

/** How residents make themselves known, over a core without a network; codes go into `printed` once `console` is the gateway. */
export function openResidents({ database, core, now }: { database: Database; core: Core; now: () => Date }) {
  const printed: string[] = []
  const bind = createBind(core.vault)
  const residents = registerResidents({ ...core, database, publicUrl: 'http://localhost', plainHttp: true, reach: 'loopback', print: (line) => void printed.push(line), now, log: pino({ level: 'silent' }) })
  return {
    residents,
    printed,
    /** The last code that was sent. */
    code: () => /(\d{6})\n$/.exec(printed.at(-1) ?? '')?.[1] ?? '',
    async useConsole() {
      await database.transact((tx) => createSiteStore(tx).set('identity', { sms: { kind: 'console' }, providers: [] }, 0, 'test', now().toISOString()))
    },
    async publish(text = '我们这样对待您的信息。') {
      return database.transact((tx) => createSiteStore(tx).publish({ 'zh-CN': text, en: text }, 'test', now().toISOString()))
    },
    /** Makes somebody known by a number, without a code. @returns who they are from now on */
    async verify(phone: string, personId: string = randomUUID()): Promise<string> {
      const proof = { asker: anonymous(personId), place: PLACE, provider: 'sms', known: { method: 'phone', phone } as const }
      const bound = await database.transact((tx) => bind({ residents: createResidentStore(tx), signIns: createSignInStore(tx, core.vault), accounts: createAccountStore(tx) }, proof, now().toISOString()))
      return bound.personId
    },
  }
}
