import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What must not be read from the database alone: kept encrypted, or as a keyed digest, under the server's secret. `purpose` keeps what was made for one thing from serving for another. */
export type Vault = {
  /** AES-256-GCM with a random nonce, base64url: the same text never looks the same twice. */
  seal: (purpose: string, text: string) => string
  /** @returns null when it was not sealed for this purpose with this secret */
  open: (purpose: string, sealed: string) => string | null
  /** HMAC-SHA256, hexadecimal: finds again what only its owner knows. */
  digest: (purpose: string, text: string) => string
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

export function createVault(secret: string): Vault {
  const keys = new Map<string, Buffer>()
  function keyOf(use: 'seal' | 'digest', purpose: string): Buffer {
    const name = `${use}:${purpose}`
    const known = keys.get(name)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', secret, '', `fangtan:${name}`, 32))
    keys.set(name, key)
    return key
  }

  return {
    seal(purpose, text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keyOf('seal', purpose), nonce)
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
      const decipher = createDecipheriv('aes-256-gcm', keyOf('seal', purpose), bytes.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)).toString('utf8') + decipher.final('utf8')
      } catch {
        return null
      }
    },
    digest: (purpose, text) => createHmac('sha256', keyOf('digest', purpose)).update(text).digest('hex'),
  }
}
