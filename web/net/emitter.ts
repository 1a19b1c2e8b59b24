/** Listeners by name. A listener may be removed, itself included, while a message is being told. */
export function createEmitter<Name>() {
  const listeners = new Map<Name, Set<(message: never) => void>>()
  return {
    /** Returns the undo. */
    on(name: Name, listener: (message: never) => void): () => void {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => void set.delete(listener)
    },
    /** The caller vouches that `message` is what listeners of `name` take: it comes from the server, which shares the types. */
    emit(name: Name, message: unknown) {
      for (const listener of [...(listeners.get(name) ?? [])]) listener(message as never)
    },
  }
}
