import { randomUUID } from 'node:crypto'
import { TOTP } from 'otpauth'
import type { PlatformRole } from '../../shared/accounts.ts'
import type { InvitationMade, RecoveryCodes, SecondFactorOffer, SignInStep } from '../../shared/staff.ts'
import type { TestApp } from './app.ts'
import { createPerson } from './person.ts'
import type { Person } from './person.ts'

export const PASSWORD = '路口那三棵老槐树还在'

/** Somebody of the staff, signed in. `secret`, `recovery` and the code that it was confirmed by: of the second factor, once set up. */
export type StaffPerson = { person: Person; username: string; name: string; password: string; secret: string; recovery: string[]; confirmedBy: string }

/** What the authenticator shows now, or some steps of 30 seconds from now. */
export function codeOf(secret: string, now: Date, steps = 0): string {
  return new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: now.getTime() + steps * 30_000 })
}

const NO_FACTOR = { secret: '', recovery: [], confirmedBy: '' }

export const tokenOf = (url: string): string => new URL(url).hash.slice(1) || (new URL(url).pathname.split('/').at(-1) ?? '')

export async function addSecondFactor({ now }: Pick<TestApp, 'now'>, somebody: StaffPerson): Promise<StaffPerson> {
  const { secret } = await somebody.person.send<SecondFactorOffer>('POST', '/api/account/second-factor', { password: somebody.password })
  const confirmedBy = codeOf(secret, now())
  const { codes } = await somebody.person.send<RecoveryCodes>('PUT', '/api/account/second-factor', { code: confirmedBy })
  return { ...somebody, secret, recovery: codes, confirmedBy }
}

/** The first administrator, by the address that a start prints; with a second factor, so that the role counts. */
export async function setUp(opened: TestApp, { siteName = '清河县在线访谈', address }: { siteName?: string; address?: string } = {}): Promise<StaffPerson> {
  const printed = await opened.app.core.staff.setup.address()
  if (!printed) throw new Error('set-up is not open')
  const person = await createPerson(opened.url, address === undefined ? {} : { address })
  const admin = { username: 'admin.first', name: '王主任', password: PASSWORD }
  await person.send<SignInStep>('POST', '/api/setup', { token: tokenOf(printed), siteName, ...admin })
  return addSecondFactor(opened, { person, ...admin, ...NO_FACTOR })
}

/** An account made through an invitation of `by`. */
export async function join({ url }: Pick<TestApp, 'url'>, by: Person, { role = 'staff', username, name = '李敏', departmentId = null, address }: { role?: PlatformRole; username: string; name?: string; departmentId?: string | null; address?: string }): Promise<StaffPerson> {
  const made = await by.send<InvitationMade>('POST', '/api/admin/invitations', { id: randomUUID(), name, role, departmentId })
  const person = await createPerson(url, address === undefined ? {} : { address })
  const input = { username, name, password: PASSWORD }
  await person.send<SignInStep>('POST', '/api/invitations/accept', { token: tokenOf(made.url), ...input })
  return { person, ...input, ...NO_FACTOR }
}

/** A new browser, signed in with the password alone. */
export async function signIn({ url }: Pick<TestApp, 'url'>, { username, password }: Pick<StaffPerson, 'username' | 'password'>, address?: string): Promise<Person> {
  const person = await createPerson(url, address === undefined ? {} : { address })
  const step = await person.send<SignInStep>('POST', '/api/sign-in', { username, password })
  if (step.state !== 'done') throw new Error('a code is asked for')
  return person
}
