import { RefusedError } from '../../shared/protocol/errors.ts'
import type { StaffDeps, StaffStores } from './deps.ts'
import { GUESS_WINDOW, LOCKED, NO_GUESSES, guessed, proved } from './guessing.ts'
import { requireUnlocked } from './rules.ts'
import type { Account } from './rules.ts'

const DAY = 24 * 3_600_000

export type Proving = ReturnType<typeof createProving>

/** Passwords are held against accounts here and nowhere else: every attempt is counted before it is known whether it is right, and costs the same for a name that nobody has. */
export function createProving({ transact, vault, passwords, now }: Pick<StaffDeps, 'transact' | 'vault' | 'passwords' | 'now'>) {
  /** Counts one more attempt. @returns the account with it (locked by it, unless it proves right); null: nobody can sign in by this name. @throws RefusedError `locked` */
  async function attempt(find: (stores: StaffStores) => Promise<Account | null>, name: string): Promise<Account | null> {
    const at = now().getTime()
    return transact(async (stores) => {
      const found = await find(stores)
      const account = found && found.disabledAt === null ? await stores.staff.held(found.id) : null
      if (account) {
        requireUnlocked(account, at)
        const counted = guessed(account, at)
        await stores.staff.update(account.id, counted)
        return { ...account, ...counted }
      }
      const digest = vault.digest('stranger', name)
      const before = (await stores.staff.stranger(digest)) ?? NO_GUESSES
      requireUnlocked(before, at)
      await stores.staff.noteStranger(digest, guessed(before, at))
      await stores.staff.forgetStrangers(new Date(at - GUESS_WINDOW - LOCKED - DAY).toISOString())
      return null
    })
  }

  /** Writes down that an attempt was wrong. An unknown name is not repeated: it may be a password typed into the wrong field. */
  async function failed(attempted: Account | null, step: 'password' | 'code', address: string): Promise<void> {
    const at = now().toISOString()
    const nobody = { actor: '', actorId: null, address }
    await transact(async ({ audit }) => {
      await audit.append({ ...nobody, action: 'sign_in_failed', subject: attempted?.name ?? '', detail: { step, known: attempted !== null } }, at)
      if (attempted?.lockedUntil) await audit.append({ ...nobody, action: 'locked', subject: attempted.name, detail: { until: attempted.lockedUntil } }, at)
    })
  }

  async function prove(find: (stores: StaffStores) => Promise<Account | null>, name: string, password: string, address: string): Promise<Account> {
    const { found, right, anew } = await passwords.check(password, () => attempt(find, name))
    if (!found || !right) {
      await failed(found, 'password', address)
      throw new RefusedError('wrong_credentials')
    }
    const fresh = await transact(async ({ staff }) => {
      const held = await staff.held(found.id)
      // Changed or disabled while the work was done: what was proved is not true any more.
      if (!held || held.disabledAt !== null || held.password !== found.password) return null
      const patch = { ...proved(held), password: anew ?? held.password }
      await staff.update(held.id, patch)
      return { ...held, ...patch }
    })
    if (!fresh) throw new RefusedError('wrong_credentials')
    return fresh
  }

  return {
    failed,
    /** @returns the account whose name and password these are. @throws RefusedError `wrong_credentials`, `locked`, `rate_limited` */
    byName: (username: string, password: string, address: string) => prove(({ staff }) => staff.byUsername(username), username, password, address),
    /** The same for somebody who is signed in: a stolen cookie buys no guesses. */
    ofAccount: (id: string, password: string, address: string) => prove(({ staff }) => staff.byId(id), id, password, address),
  }
}
