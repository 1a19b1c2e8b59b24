import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { RefusedError } from '../../shared/protocol/errors.ts'

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

/** Work of one derivation: N = 2^`log`, memory is 128·N·r bytes (32 MiB). */
export type Cost = { log: number; r: number; p: number }
export const COST: Cost = { log: 15, r: 8, p: 3 }

const SALT_BYTES = 16
const HASH_BYTES = 32
/** Derivations that run at once; the rest of the process keeps its threads and its memory. */
const AT_ONCE = 2
/** How many may wait for their turn: some seconds' worth. */
const WAITING = 40

/** `anew`: the same password hashed with the work of today, where it was right and took other work. */
type Checked<T> = { found: T | null; right: boolean; anew: string | null }

export type Passwords = {
  /** As it is stored: `scrypt$log$r$p$salt$hash`. @throws RefusedError `rate_limited` when too many wait */
  hash: (password: string) => Promise<string>
  /**
   * Holds `password` against what `find` comes up with once it is this one's turn; null (nobody has this name) costs the same work, and is never right.
   * @throws RefusedError `rate_limited` when too many wait, and whatever `find` throws, before any work
   */
  check: <T extends { password: string }>(password: string, find: () => Promise<T | null>) => Promise<Checked<T>>
}

const isCost = (cost: Cost, other: Cost) => cost.log === other.log && cost.r === other.r && cost.p === other.p

function parse(stored: string): { cost: Cost; salt: Buffer; hash: Buffer } | null {
  const [scheme, log, r, p, salt = '', hash = ''] = stored.split('$')
  if (scheme !== 'scrypt') return null
  return { cost: { log: Number(log), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') }
}

/** At most `atOnce` at a time, in order of arrival. */
function createGate(atOnce: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new RefusedError('rate_limited', { retryAfterMs: 5_000 })
      // Whoever ends hands its place on, so that nobody slips in between.
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }
}

/** One way of writing is the same password on every keyboard. */
const derived = (password: string, salt: Buffer, { log, r, p }: Cost) => derive(password.normalize('NFKC'), salt, HASH_BYTES, { N: 2 ** log, r, p, maxmem: 256 * 2 ** log * r })

export function createPasswords(cost: Cost = COST): Passwords {
  const gate = createGate(AT_ONCE, WAITING)

  async function hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES)
    const bytes = await derived(password, salt, cost)
    return ['scrypt', cost.log, cost.r, cost.p, salt.toString('base64url'), bytes.toString('base64url')].join('$')
  }

  return {
    hash: (password) => gate(() => hash(password)),
    check: (password, find) =>
      gate(async () => {
        const found = await find()
        const known = found && parse(found.password)
        if (!known) {
          await derived(password, randomBytes(SALT_BYTES), cost)
          return { found, right: false, anew: null }
        }
        const bytes = await derived(password, known.salt, known.cost)
        const right = bytes.length === known.hash.length && timingSafeEqual(bytes, known.hash)
        return { found, right, anew: right && !isCost(known.cost, cost) ? await hash(password) : null }
      }),
  }
}
