import { phoneOf } from '../../shared/rules/identity.ts'
import type { Vault } from '../accounts/vault.ts'
import type { StoredAttendee } from './rules.ts'

const PURPOSE = 'attendee-phone'

type Sealed = Pick<StoredAttendee, 'phoneSealed' | 'phoneHint'>
export type Phones = ReturnType<typeof createPhones>

/** Numbers of those on a list: sealed at rest, opened only on their way to a gateway or into the office's own table. */
export function createPhones(vault: Vault) {
  /** The number as it was given; null when there is none, or it was sealed under another secret. */
  const open = ({ phoneSealed }: Pick<Sealed, 'phoneSealed'>): string | null => (phoneSealed === null ? null : vault.open(PURPOSE, phoneSealed))
  return {
    keep: (phone: string | null): Sealed => (phone === null ? { phoneSealed: null, phoneHint: '' } : { phoneSealed: vault.seal(PURPOSE, phone), phoneHint: phone.slice(-4) }),
    open,
    /** The number when messages can be sent to it. */
    mobile(sealed: Pick<Sealed, 'phoneSealed'>): string | null {
      const phone = open(sealed)
      return phone === null ? null : phoneOf(phone)
    },
  }
}
