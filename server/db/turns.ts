/** Runs `work` after everything asked for before under the same key has ended, well or badly; other keys do not wait. Resolves or rejects as `work` does. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>

export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const before = last.get(key)
    const turn = before ? before.then(work, work) : work()
    last.set(key, turn)
    const ended = () => {
      if (last.get(key) === turn) last.delete(key)
    }
    turn.then(ended, ended)
    return turn
  }
}
