/**
 * Reads what is asked for in one turn of the event loop all at once: a thousand people who act in the same moment cost one query.
 * @param read the values there are; what is missing gets `none`
 * @param most keys of one reading
 */
export function createBatch<T>(read: (keys: string[]) => Promise<Map<string, T>>, none: T, most: number): (key: string) => Promise<T> {
  let waiting: Map<string, Promise<T>> | null = null

  async function flush(asked: Map<string, Promise<T>>): Promise<Map<string, T>> {
    await new Promise((resolve) => setImmediate(resolve))
    waiting = null
    const keys = [...asked.keys()]
    const found = new Map<string, T>()
    for (let start = 0; start < keys.length; start += most) for (const [key, value] of await read(keys.slice(start, start + most))) found.set(key, value)
    return found
  }

  let reading: Promise<Map<string, T>> = Promise.resolve(new Map<string, T>())
  return (key) => {
    if (!waiting) {
      waiting = new Map()
      reading = flush(waiting)
    }
    const known = waiting.get(key)
    if (known) return known
    const value = reading.then((found) => found.get(key) ?? none)
    waiting.set(key, value)
    return value
  }
}
