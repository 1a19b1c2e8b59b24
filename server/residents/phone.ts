import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import type { CodeSent } from '../../shared/identity.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Identity } from '../accounts/identity.ts'
import type { Place } from '../accounts/signIns.ts'
import type { Vault } from '../accounts/vault.ts'
import { createTurns } from '../db/turns.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { network } from '../votes/rules.ts'
import type { Bind, BindingStores, Bound } from './binding.ts'
import type { Consents } from './consents.ts'
import type { SmsGateway } from './gateways/gateway.ts'
import { CODES, codeFrom, codeText, codeWait } from './rules.ts'
import type { StoredCode } from './rules.ts'

const ago = (now: Date, ms: number) => new Date(now.getTime() - ms).toISOString()
const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** One-time codes: who has one that went to a number is known by that number. Nothing said here tells whether anybody is. */
export function createPhoneService(deps: {
  consents: Consents
  /** Null: no gateway is set up. */
  gateway: () => Promise<SmsGateway | null>
  siteName: () => Promise<string>
  transact: <T>(work: (stores: BindingStores) => Promise<T>) => Promise<T>
  bind: Bind
  vault: Vault
  /** Codes asked for, per person and per address, and tries at them. */
  limits: { person: RateLimiter; address: RateLimiter; tries: RateLimiter }
  /** Rights of a person are other ones by now. */
  forget: (personId: string) => void
  now: () => Date
}) {
  const { consents, gateway, siteName, transact, bind, vault, limits, forget, now } = deps
  const phoneDigest = (phone: string) => vault.digest('phone', phone)
  const codeDigest = (id: string, code: string) => vault.digest('phone-code', `${id}:${code}`)
  const inTurn = createTurns()

  /** Written before it is sent, and one after the other: two requests at once must not both find room. @throws RefusedError `rate_limited` */
  const enter = (row: StoredCode, at: Date) =>
    inTurn(row.phone, () =>
      transact(async ({ residents }) => {
        await residents.removeCodesBefore(ago(at, CODES.hourMs))
        const wait = codeWait(await residents.codesSince(row.phone, ago(at, CODES.hourMs)), at.getTime())
        if (wait > 0) throw new RefusedError('rate_limited', { retryAfterMs: wait })
        await residents.insertCode(row)
      }),
    )

  return {
    /**
     * Sends a code. It takes the place of the one that this person had sent there before.
     * @throws RefusedError `consent_required`, `wrong_state` when there is no gateway, `rate_limited` with `retryAfterMs`, `gateway_failed`
     */
    async send({ personId }: Identity, { address }: Place, { phone, locale }: { phone: string; locale: 'zh-CN' | 'en' }): Promise<CodeSent> {
      await consents.require(personId)
      const send = await gateway()
      if (!send) throw new RefusedError('wrong_state')
      await Promise.all([limits.person.take(personId), limits.address.take(network(address))])
      const at = now()
      const code = codeFrom(randomInt(1_000_000))
      const id = randomUUID()
      const row: StoredCode = { id, personId, phone: phoneDigest(phone), code: codeDigest(id, code), attempts: 0, createdAt: at.toISOString(), expiresAt: ago(at, -CODES.validMs) }
      await enter(row, at)
      try {
        await send({ kind: 'code', phone, code, text: codeText(code, locale, await siteName()), locale })
      } catch (error) {
        // What never went out keeps nobody waiting.
        await transact(({ residents }) => residents.removeCode(id))
        throw error
      }
      return { retryAfterMs: CODES.everyMs, validMs: CODES.validMs }
    },

    /**
     * Makes this browser's person known by the number, or signs it in as whoever is. A code serves once.
     * @throws RefusedError `consent_required`, `rate_limited`, `code_invalid`, `taken`
     */
    async confirm(asker: Identity, place: Place, { phone, code }: { phone: string; code: string }): Promise<Bound> {
      await consents.require(asker.personId)
      await Promise.all([limits.tries.take(asker.personId), limits.address.take(network(place.address))])
      const at = now().toISOString()
      // Counted in a transaction of its own: a wrong guess stays counted.
      const tried = await transact(({ residents }) => residents.tryCode(asker.personId, phoneDigest(phone), CODES.tries, at))
      if (!tried || !same(tried.code, codeDigest(tried.id, code))) throw new RefusedError('code_invalid')
      const bound = await transact(async (stores) => {
        if (!(await stores.residents.useCode(tried.id))) throw new RefusedError('code_invalid')
        return bind(stores, { asker, place, provider: 'sms', known: { method: 'phone', phone } }, at)
      })
      forget(asker.personId)
      forget(bound.personId)
      return bound
    },
  }
}
