const STEP_MS = 20

/**
 * The first value of `look` that is neither null, undefined nor false. For what no event announces; prefer awaiting an event.
 * @throws with `what` when it takes longer than `timeoutMs`
 */
export async function until<T>(look: () => T | Promise<T>, what: string, timeoutMs = 10_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const seen = await look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, STEP_MS))
  }
}
