const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
const SESSION_ID_LENGTH = 10

/** A random UUID v4. `crypto.randomUUID` exists in secure contexts only, and a county may start on plain http inside its network. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A session's id as it stands in addresses: 10 characters of a-z and 0-9. */
export function newSessionId(): string {
  let id = ''
  while (id.length < SESSION_ID_LENGTH) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
    // 252 is the largest multiple of 36 in a byte: beyond it the first letters would come up more often.
    if (byte < 252) id += ALPHABET[byte % ALPHABET.length]
  }
  return id
}
