/**
 * Runs `round` whenever asked, never twice at a time: what is asked for while one runs is done by one more afterwards. So overlapping causes cannot race, and a burst of them costs two rounds.
 * `round` must not reject.
 */
export function createRounds(round: () => Promise<void>): { ask(): void } {
  let running = false
  let again = false
  async function run() {
    running = true
    do {
      again = false
      await round()
    } while (again)
    running = false
  }
  return {
    ask() {
      if (running) again = true
      else void run()
    },
  }
}
