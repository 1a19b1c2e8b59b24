/** What one connection may send within one stretch of time. */
export const ALLOWANCE = {
  windowMs: 10_000,
  messages: 300,
  bytes: 8 * 1024 * 1024,
  /** So many times as much is no page gone wild but an attack: not worth an answer. */
  patience: 10,
} as const

export type Verdict = 'admit' | 'refuse' | 'cut'
export type Allowance = {
  /** Counts one message of so many bytes. */
  take: (bytes: number) => Verdict
  /** Milliseconds until messages are admitted again. */
  wait: () => number
}

/** Counts synchronously and without looking into a message: a refusal must cost less than what it refuses. @param now milliseconds */
export function createAllowance(now: () => number): Allowance {
  let start = now()
  let messages = 0
  let bytes = 0
  return {
    take(size) {
      if (now() - start >= ALLOWANCE.windowMs) {
        start = now()
        messages = 0
        bytes = 0
      }
      messages++
      bytes += size
      if (messages <= ALLOWANCE.messages && bytes <= ALLOWANCE.bytes) return 'admit'
      return messages > ALLOWANCE.messages * ALLOWANCE.patience || bytes > ALLOWANCE.bytes * ALLOWANCE.patience ? 'cut' : 'refuse'
    },
    wait: () => Math.max(0, start + ALLOWANCE.windowMs - now()),
  }
}
