import { LIMITS } from '../../../shared/limits.ts'

/** What keeps a list of origins from being saved. `origin`: what was probably meant, when it can be told. */
type OriginTrouble = { kind: 'address' | 'twice'; line: string } | { kind: 'path'; line: string; origin: string } | { kind: 'many'; count: number }

/** The origins in a text with one on each line. A closing slash, capitals and the protocol's usual port make no difference to a browser and are left out. */
export function originsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const url = addressOf(line)
      return url && isBare(url) ? url.origin : line
    })
}

/** The first thing that is wrong with `origins`, or null. */
export function originTrouble(origins: readonly string[]): OriginTrouble | null {
  const seen = new Set<string>()
  for (const line of origins) {
    const url = addressOf(line)
    if (!url) return { kind: 'address', line }
    if (line !== url.origin) return { kind: 'path', line, origin: url.origin }
    if (seen.has(line)) return { kind: 'twice', line }
    seen.add(line)
  }
  return origins.length > LIMITS.forumOrigins ? { kind: 'many', count: origins.length - LIMITS.forumOrigins } : null
}

function addressOf(line: string): URL | null {
  const url = URL.parse(line)
  // Without the slashes a browser would still make an address of it, and nobody could tell which.
  return url && /^https?:\/\/[^/]/i.test(line) && !/\s/.test(line) ? url : null
}

const isBare = ({ pathname, search, hash, username, password }: URL) => pathname === '/' && search + hash + username + password === ''
