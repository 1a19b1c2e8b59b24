/**
 * Runs `work` after everything asked for before under the same key has ended, well or badly; other keys do not wait. Resolves or rejects as `work` does.
 * `ahead`: before everything that has not begun, except what came ahead itself.
 */
export type InTurn = <T>(key: string, work: () => Promise<T>, ahead?: boolean) => Promise<T>

type Waiting = { begin: () => Promise<unknown>; ahead: boolean }

export function createTurns(): InTurn {
  const queues = new Map<string, Waiting[]>()

  async function drain(key: string, queue: Waiting[]): Promise<void> {
    for (let next = queue[0]; next; next = queue[0]) {
      queue.shift()
      await next.begin()
    }
    queues.delete(key)
  }

  return (key, work, ahead = false) =>
    new Promise((resolve, reject) => {
      const waiting: Waiting = { begin: () => Promise.resolve().then(work).then(resolve, reject), ahead }
      const queue = queues.get(key)
      if (queue) {
        const place = ahead ? queue.findIndex((other) => !other.ahead) : -1
        queue.splice(place < 0 ? queue.length : place, 0, waiting)
        return
      }
      const opened = [waiting]
      queues.set(key, opened)
      void drain(key, opened)
    })
}
