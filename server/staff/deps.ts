import type { Access } from '../accounts/access.ts'
import type { Identity } from '../accounts/identity.ts'
import type { OpenedSignIn, Place, SignInStore } from '../accounts/signIns.ts'
import type { RightsStore } from '../accounts/rights.ts'
import type { AccountStore } from '../accounts/store.ts'
import type { Vault } from '../accounts/vault.ts'
import type { AuditStore } from '../audit/store.ts'
import type { SiteStore } from '../site/store.ts'
import type { InvitationStore } from './invitationStore.ts'
import type { Passwords } from './passwords.ts'
import type { StaffStore } from './store.ts'

/** Who asks, and from where. */
export type Caller = Identity & Place

/** What an act on accounts touches, all in one transaction. */
export type StaffStores = { staff: StaffStore; invitations: InvitationStore; signIns: SignInStore; grants: AccountStore; rights: RightsStore; audit: AuditStore; site: SiteStore }

export type StaffDeps = {
  read: StaffStores
  transact: <T>(work: (stores: StaffStores) => Promise<T>) => Promise<T>
  access: Access
  /** After a commit that changed a person's grants or sign-ins: nothing of them is answered from memory. */
  forget: (personId: string) => void
  vault: Vault
  passwords: Passwords
  publicUrl: string
  now: () => Date
  newId: () => string
  random: (bytes: number) => Uint8Array
}

/** What a use case that signs in resolves with: `opened` becomes the browser's cookie, after the commit. */
export type Entered<T> = { answer: T; opened: OpenedSignIn | null }
