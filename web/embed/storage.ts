/** What keeps texts by name: as much of the browser's storage as is used here. */
type Keeping = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

function inMemory(): Keeping {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size
    },
  }
}

const PREFIX = 'frame:'

/**
 * The storage of a page in another site's frame. Older browsers give it the same one as our own pages have, where somebody else's questions may be waiting: ours has names of its own.
 * Without `storage` (forbidden there), it lasts as long as the page.
 */
export function frameStorage(storage: Keeping | null): Storage {
  const below = storage ?? inMemory()
  const keys = () => Array.from({ length: below.length }, (_, index) => below.key(index) ?? '').flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : []))
  return {
    getItem: (key) => below.getItem(PREFIX + key),
    setItem: (key, value) => below.setItem(PREFIX + key, value),
    removeItem: (key) => below.removeItem(PREFIX + key),
    key: (index) => keys()[index] ?? null,
    get length() {
      return keys().length
    },
    clear() {
      for (const key of keys()) below.removeItem(PREFIX + key)
    },
  }
}
